package atelier.chain;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.stereotype.Component;

/**
 * Gives the threads that meet the chain connections of their own, beside the pool that everyone
 * else shares: no crowd at the door keeps sender or reader waiting, nor they anybody at the door.
 */
@Component
class PipelineConnections implements BeanPostProcessor, DisposableBean {

    /** Reader, sender and listener have one each; one more is for what follows a commit. */
    private static final int CONNECTIONS = 4;

    private static final ScopedValue<Boolean> OURS = ScopedValue.newInstance();

    private final List<HikariDataSource> pools = new ArrayList<>();

    /** Does what a thread of the pipeline does, on the pipeline's connections. */
    static void with(Runnable work) {
        ScopedValue.where(OURS, true).run(work);
    }

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        if (!(bean instanceof DataSource door)) {
            return bean;
        }
        HikariDataSource pool =
                DataSourceUnwrapper.unwrap(door, HikariConfig.class, HikariDataSource.class);
        return pool == null ? bean : new Parted(door, beside(pool));
    }

    private HikariDataSource beside(HikariDataSource pool) {
        HikariDataSource own = new HikariDataSource();
        pool.copyStateTo(own);
        own.setPoolName("pipeline");
        own.setMaximumPoolSize(CONNECTIONS);
        own.setMinimumIdle(CONNECTIONS);
        pools.add(own);
        return own;
    }

    @Override
    public void destroy() {
        pools.forEach(HikariDataSource::close);
    }

    private static final class Parted extends DelegatingDataSource {

        private final DataSource pipeline;

        Parted(DataSource door, DataSource pipeline) {
            super(door);
            this.pipeline = pipeline;
        }

        @Override
        public Connection getConnection() throws SQLException {
            return OURS.isBound() ? pipeline.getConnection() : super.getConnection();
        }
    }
}
