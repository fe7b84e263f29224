package atelier.bench;

/** Processor time since a moment, apart for this process, the database and the node. */
final class Spent {

    private final Arena arena;
    private final double own;
    private final double database;
    private final double node;

    Spent(Arena arena) {
        this.arena = arena;
        this.own = Cpu.own();
        this.database = arena.databaseCpu();
        this.node = arena.chain().cpuSeconds();
    }

    @Override
    public String toString() {
        return "processor seconds: %.1f here, %.1f database, %.1f node"
                .formatted(
                        Cpu.own() - own,
                        arena.databaseCpu() - database,
                        arena.chain().cpuSeconds() - node);
    }
}
