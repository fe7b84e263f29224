package atelier.bench;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Between the application and its database: while it is open, every query's plan is kept. */
final class SqlTap implements BeanPostProcessor {

    /** One statement as it was asked, with its values. */
    record Asked(String sql, List<Setting> settings) {}

    /** One value of a statement. */
    @SuppressWarnings("ArrayRecordComponent")
    record Setting(Method method, Object[] arguments) {}

    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private volatile boolean open;

    @Override
    public Object postProcessAfterInitialization(Object bean, String name) {
        return bean instanceof DataSource source && name.equals("dataSource")
                ? new Tapped(source)
                : bean;
    }

    /** What these commands ask. */
    List<Asked> during(Runnable commands) {
        asked.clear();
        open = true;
        try {
            commands.run();
        } finally {
            open = false;
        }
        return List.copyOf(asked);
    }

    /** The plan that a query is answered by, from running it. */
    static JsonNode plan(Connection connection, Asked query) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("EXPLAIN (ANALYZE, FORMAT JSON) " + query.sql())) {
            for (Setting setting : query.settings()) {
                call(statement, setting.method(), setting.arguments());
            }
            try (ResultSet rows = statement.executeQuery()) {
                rows.next();
                return JsonMapper.shared().readTree(rows.getString(1)).get(0).get("Plan");
            }
        }
    }

    private final class Tapped extends DelegatingDataSource {

        Tapped(DataSource source) {
            super(source);
        }

        @Override
        public Connection getConnection() throws SQLException {
            Connection connection = super.getConnection();
            return open ? tapped(connection) : connection;
        }
    }

    private Connection tapped(Connection connection) {
        InvocationHandler handler =
                (_, method, arguments) -> {
                    Object result = call(connection, method, arguments);
                    return result instanceof PreparedStatement statement
                            ? tapped(statement, (String) arguments[0])
                            : result;
                };
        return proxy(Connection.class, handler);
    }

    private PreparedStatement tapped(PreparedStatement statement, String sql) {
        List<Setting> settings = new ArrayList<>();
        InvocationHandler handler =
                (_, method, arguments) -> {
                    if (method.getName().startsWith("set")
                            && arguments != null
                            && arguments.length > 1) {
                        settings.add(new Setting(method, arguments.clone()));
                    }
                    if (method.getName().startsWith("execute")) {
                        asked.add(new Asked(sql, List.copyOf(settings)));
                    }
                    return call(statement, method, arguments);
                };
        return proxy(PreparedStatement.class, handler);
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(
                        SqlTap.class.getClassLoader(), new Class<?>[] {type}, handler));
    }

    private static @Nullable Object call(
            Object target, Method method, Object @Nullable [] arguments) throws SQLException {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof SQLException refused) {
                throw refused;
            }
            throw new IllegalStateException(e.getCause());
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
