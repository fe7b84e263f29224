package atelier.chain;

import atelier.chain.SimulatedProcess.World;
import atelier.kernel.Hash32;
import atelier.kernel.IntentId;
import atelier.kernel.Refused;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionCallback;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Bugs that others had, put between the pipeline and its world, so that the simulation shows that
 * it would see them.
 */
enum PlantedBug implements Planted {

    /** The bytes leave before the transaction that stores them has committed. */
    SENDS_BEFORE_IT_STORES {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            Slots.class,
                            world.slots(),
                            "open",
                            (args, real) -> {
                                if (args[0] instanceof Slots.Signed attempt) {
                                    try {
                                        world.node().broadcast(attempt.raw());
                                    } catch (NodeRefused e) {
                                        // as the sender takes it
                                    }
                                }
                                return real.call(args);
                            }));
        }
    },

    /** The cursor is moved after the range has been committed. */
    MOVES_THE_CURSOR_AFTERWARDS {
        @Override
        public World plant(World world, MemoryStore store) {
            return afterwards(world, MirrorTables.class, world.mirror(), "move");
        }
    },

    /** What was executed is written after the range has been committed. */
    SETTLES_AFTERWARDS {
        @Override
        public World plant(World world, MemoryStore store) {
            return afterwards(world, IntentStore.class, world.intents(), "executed");
        }
    },

    /** The door forgets to hold what will be spent. */
    HOLDS_NOTHING {
        @Override
        public boolean accept(MemoryStore store, IntentId id, BooleanSupplier door) {
            boolean accepted = door.getAsBoolean();
            store.holds.remove(id);
            return accepted;
        }
    },

    /** The same request again is another intent. */
    FORGETS_THE_FIRST_REQUEST {
        @Override
        public boolean accept(MemoryStore store, IntentId id, BooleanSupplier door) {
            store.intents
                    .find(id)
                    .ifPresent(row ->
                            store.submit(
                                    new IntentId(Mix.hash(Mix.of(id.hash().bytes()))),
                                    row.owner(),
                                    row.call(),
                                    row.deadline()));
            return door.getAsBoolean();
        }
    },

    /** A reorg takes the blocks back and leaves the postings. */
    REORG_FORGETS_POSTINGS {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(Projection.class, world.ledger(), "revert"));
        }
    },

    /** A reorg leaves the intents in blocks that are none any more. */
    REORG_FORGETS_INTENTS {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(IntentStore.class, world.intents(), "revert"));
        }
    },

    /** A reorg leaves the slots mined. */
    REORG_FORGETS_SLOTS {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(Slots.class, world.slots(), "revert"));
        }
    },

    /** A reorg leaves its first block. */
    REORG_IS_OFF_BY_ONE {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            MirrorTables.class,
                            world.mirror(),
                            "orphan",
                            (args, real) -> real.call((long) args[0] + 1)));
        }
    },

    /** What waits too long in its slot is signed again in another. */
    RETRIES_WITH_A_NEW_NONCE {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            Slots.class,
                            world.slots(),
                            "add",
                            (args, real) -> {
                                Slots.Place place = ((Slots.Signed) args[0]).attempt().place();
                                Object done = real.call(args);
                                world.slots().gone(place);
                                world.intents().release(place);
                                return done;
                            }));
        }
    },

    /** A replacement is signed for the nonce after. */
    REPLACES_IN_ANOTHER_SLOT {
        @Override
        public World plant(World world, MemoryStore store) {
            Set<Slots.Place> signed = new HashSet<>();
            return world.with(
                    bend(
                            Signing.class,
                            world.signing(),
                            "transaction",
                            (args, real) -> {
                                Slots.Place place = (Slots.Place) args[0];
                                if (!signed.add(place)) {
                                    args[0] =
                                            new Slots.Place(
                                                    place.era(), place.key(), place.nonce() + 1);
                                }
                                return real.call(args);
                            }));
        }
    },

    /** A node's "nonce too low" is proof that the nonce went elsewhere. */
    BELIEVES_NONCE_TOO_LOW {
        @Override
        public World plant(World world, MemoryStore store) {
            return believing(
                    world,
                    store,
                    "nonce too low",
                    place -> {
                        world.slots().gone(place);
                        world.intents().release(place);
                    });
        }
    },

    /** A node's "already known" is proof that it will be mined. */
    BELIEVES_ALREADY_KNOWN {
        @Override
        public World plant(World world, MemoryStore store) {
            return believing(
                    world,
                    store,
                    "already known",
                    place -> {
                        Node.Header head = world.node().head();
                        Hash32 tx = store.slots.get(place).attempts().getLast().hash();
                        List<IntentStore.Rider> riders = world.intents().riders(place);
                        world.slots().mined(place, tx, head.number(), true);
                        world.intents()
                                .executed(
                                        riders.stream().map(IntentStore.Rider::id).toList(),
                                        tx,
                                        head.number());
                    });
        }
    },

    /** Whatever is in a block counts as final. */
    SETTLES_BEFORE_DEPTH {
        @Override
        public World plant(World world, MemoryStore store) {
            Twist deeper =
                    (args, real) -> {
                        args[1] = (long) args[1] + SimulatedProcess.CONFIRMATIONS;
                        return real.call(args);
                    };
            return world.with(bend(IntentStore.class, world.intents(), "finish", deeper))
                    .with(bend(Slots.class, world.slots(), "finish", deeper));
        }
    },

    /** A lease that has passed to another is good enough to write with. */
    WRITES_WITHOUT_FENCE {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(bend(LeaseTable.class, world.leases(), "lock", (_, _) -> true));
        }
    },

    /** What the forwarder passed over in silence counts as executed with its batch. */
    TAKES_THE_BATCH_FOR_ITS_ITEMS {
        @Override
        @SuppressWarnings("unchecked")
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            IntentStore.class,
                            world.intents(),
                            "riders",
                            (args, real) ->
                                    ((List<IntentStore.Rider>)
                                                    Objects.requireNonNull(real.call(args)))
                                            .stream()
                                                    .map(r -> new IntentStore.Rider(r.id(), null))
                                                    .toList()));
        }
    },

    /** A receipt counts as success. */
    TAKES_A_RECEIPT_FOR_SUCCESS {
        @Override
        public World plant(World world, MemoryStore store) {
            return receipts(
                    world, r -> new Node.Receipt(r.tx(), r.block(), r.blockHash(), true, r.logs()));
        }
    },

    /** A receipt counts whichever chain its block is on. */
    TAKES_ANY_BLOCK_FOR_OURS {
        @Override
        public World plant(World world, MemoryStore store) {
            return receipts(
                    world,
                    r ->
                            new Node.Receipt(
                                    r.tx(),
                                    r.block(),
                                    store.blocks
                                            .find(r.block())
                                            .map(row -> row.header().hash())
                                            .orElse(r.blockHash()),
                                    r.succeeded(),
                                    r.logs()));
        }
    },

    /** What nobody wants any more is given up although it is on its way. */
    EXPIRES_WHAT_IS_SENT {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            IntentStore.class,
                            world.intents(),
                            "expire",
                            (args, real) -> {
                                for (IntentRow row : List.copyOf(store.openIntents.all())) {
                                    if (row.state().equals("SENT")
                                            && row.deadline().isBefore((Instant) args[0])) {
                                        world.intents()
                                                .failed(
                                                        row.id(),
                                                        Hash32.ZERO,
                                                        -1,
                                                        Refused.conflict("intent.expired"));
                                    }
                                }
                                return real.call(args);
                            }));
        }
    },

    /** Of a slot's attempts only the newest is looked for. */
    FORGETS_EARLIER_ATTEMPTS {
        @Override
        @SuppressWarnings("unchecked")
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            Slots.class,
                            world.slots(),
                            "open",
                            (args, real) -> {
                                Object answer = real.call(args);
                                return answer instanceof List<?> open && !open.isEmpty()
                                        ? List.of(((List<Slots.Attempt>) open).getLast())
                                        : answer;
                            }));
        }
    },

    /** A process goes on in an era that is over. */
    GOES_ON_IN_AN_OLD_ERA {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(EraTable.class, world.eras(), "require"));
        }
    },

    /** A mirror that is made anew keeps the postings of the old chain. */
    REBUILD_FORGETS_POSTINGS {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            Projection.class,
                            world.ledger(),
                            "revert",
                            (args, real) -> (long) args[0] == 0 ? null : real.call(args)));
        }
    },

    /** A slot whose nonce went elsewhere keeps its intents. */
    FORGETS_WHO_RODE_IN_A_LOST_SLOT {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(IntentStore.class, world.intents(), "release"));
        }
    },

    /** What strangers bring is none of our business. */
    IGNORES_WHAT_STRANGERS_BRING {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(Executions.class, world.executions(), "foreign", (_, _) -> Set.of()));
        }
    },

    /** After a restore sends before it has read what the chain executed. */
    SENDS_BEFORE_IT_HAS_IMPORTED {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(Executions.class, world.executions(), "examined", (_, _) -> true));
        }
    },

    /** Nothing outside the database says how far it had come. */
    KEEPS_NO_MARK {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(HighWater.class, world.highWater(), "raise"));
        }
    },

    /** What a backup has forgotten is not waited for. */
    OPENS_WITH_SOMETHING_FORGOTTEN {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(bend(Slots.class, world.slots(), "forgotten", (_, _) -> List.of()));
        }
    },

    /** A reorg leaves what strangers brought in blocks that are none any more. */
    REORG_FORGETS_EXECUTIONS {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(without(Executions.class, world.executions(), "revert"));
        }
    },

    /** What is on its way is forgotten when a member's next request gets its nonce. */
    SIGNS_TWO_REQUESTS_FOR_ONE_NONCE {
        @Override
        public World plant(World world, MemoryStore store) {
            return world.with(
                    signatures(
                            world.intents(),
                            all -> new IntentStore.Signatures(Map.of(), all.stranded())));
        }
    },

    /** A request that others may still bring is forgotten when its intent waits again. */
    FORGETS_EARLIER_SIGNATURES {
        @Override
        @SuppressWarnings("unchecked")
        public World plant(World world, MemoryStore store) {
            return world.with(
                    bend(
                            IntentStore.class,
                            signatures(
                                    world.intents(),
                                    all -> new IntentStore.Signatures(all.nonces(), List.of())),
                            "oldest",
                            (args, real) ->
                                    ((List<IntentStore.Waiting>)
                                                    Objects.requireNonNull(real.call(args)))
                                            .stream()
                                                    .map(one ->
                                                            new IntentStore.Waiting(
                                                                    one.id(),
                                                                    one.number(),
                                                                    one.owner(),
                                                                    one.call(),
                                                                    one.deadline(),
                                                                    null))
                                                    .toList()));
        }
    },

    /** Bytes leave only once the next ones do. */
    SENDS_OUT_OF_ORDER {
        @Override
        public World plant(World world, MemoryStore store) {
            List<byte[]> kept = new ArrayList<>();
            return world.with(
                    bend(
                            Node.class,
                            world.node(),
                            "broadcast",
                            (args, real) -> {
                                kept.add((byte[]) args[0]);
                                if (kept.size() < 2) {
                                    return null;
                                }
                                Object done = real.call(kept.removeLast());
                                real.call(kept.removeLast());
                                return done;
                            }));
        }
    };

    /** A real port's method, for a twist to use or not. */
    private interface Real {
        @Nullable Object call(@Nullable Object... args);
    }

    /** What happens in place of a port's method. */
    private interface Twist {
        @Nullable Object call(Object[] args, Real real);
    }

    private interface Believer {
        void act(Slots.Place place);
    }

    private interface ReceiptTwist {
        Node.Receipt of(Node.Receipt receipt);
    }

    private static IntentStore signatures(
            IntentStore real, UnaryOperator<IntentStore.Signatures> twist) {
        return bend(
                IntentStore.class,
                real,
                "signatures",
                (args, one) ->
                        twist.apply(
                                (IntentStore.Signatures) Objects.requireNonNull(one.call(args))));
    }

    private static World believing(
            World world, MemoryStore store, String words, Believer believer) {
        return world.with(
                bend(
                        Node.class,
                        world.node(),
                        "broadcast",
                        (args, real) -> {
                            try {
                                return real.call(args);
                            } catch (NodeRefused e) {
                                if (words.equals(e.getMessage())) {
                                    Hash32 hash =
                                            Hash32.of(org.web3j.crypto.Hash.sha3((byte[]) args[0]));
                                    for (SlotRow row : List.copyOf(store.openSlots.all())) {
                                        if (row.attempts().stream()
                                                .anyMatch(a -> a.hash().equals(hash))) {
                                            believer.act(row.place());
                                        }
                                    }
                                }
                                throw e;
                            }
                        }));
    }

    @SuppressWarnings("unchecked")
    private static World receipts(World world, ReceiptTwist twist) {
        return world.with(
                bend(
                        Node.class,
                        world.node(),
                        "receipts",
                        (args, real) ->
                                ((List<Node.Receipt>) Objects.requireNonNull(real.call(args)))
                                        .stream().map(twist::of).toList()));
    }

    private static <T> World afterwards(World world, Class<T> port, T real, String method) {
        List<Runnable> later = new ArrayList<>();
        return world.with(
                        bend(
                                port,
                                real,
                                method,
                                (args, one) -> {
                                    later.add(() -> one.call(args));
                                    return null;
                                }))
                .with(
                        new TransactionOperations() {
                            @Override
                            public <R extends @Nullable Object> R execute(
                                    TransactionCallback<R> action) {
                                later.clear();
                                R result = world.transactions().execute(action);
                                List<Runnable> now = List.copyOf(later);
                                later.clear();
                                now.forEach(Runnable::run);
                                return result;
                            }
                        });
    }

    private static <T> T without(Class<T> port, T real, String method) {
        return bend(port, real, method, (_, _) -> null);
    }

    private static <T> T bend(Class<T> port, T real, String method, Twist twist) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, called, args) -> {
                            Real one = given -> invoke(called, real, given);
                            Object[] with = args == null ? new Object[0] : args;
                            return called.getName().equals(method)
                                    ? twist.call(with, one)
                                    : one.call(with);
                        }));
    }

    static @Nullable Object invoke(Method method, Object on, @Nullable Object[] args) {
        try {
            return method.invoke(on, args);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new IllegalStateException(e);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
