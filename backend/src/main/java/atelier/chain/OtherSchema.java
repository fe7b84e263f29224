package atelier.chain;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * The same database, with another schema in the place of {@code derived}: whatever writes the
 * mirror writes a second one through it, by the same statements. {@code COPY} goes round the
 * statements of a connection and is to be passed through its {@code nativeSQL}.
 */
final class OtherSchema extends DelegatingDataSource {

    private static final Pattern DERIVED = Pattern.compile("\\bderived\\.");

    private final String replacement;

    OtherSchema(DataSource database, String schema) {
        super(database);
        this.replacement = Matcher.quoteReplacement(schema + ".");
    }

    @Override
    public Connection getConnection() throws SQLException {
        return wrap(Connection.class, super.getConnection());
    }

    @Override
    public Connection getConnection(String username, String password) throws SQLException {
        return wrap(Connection.class, super.getConnection(username, password));
    }

    private <T> T wrap(Class<T> type, T target) {
        InvocationHandler renaming = (_, method, arguments) -> call(target, method, arguments);
        return type.cast(
                Proxy.newProxyInstance(
                        OtherSchema.class.getClassLoader(), new Class<?>[] {type}, renaming));
    }

    private @Nullable Object call(
            Object target, Method method, @Nullable Object @Nullable [] arguments)
            throws Throwable {
        try {
            Object result = method.invoke(target, renamed(method, arguments));
            return result instanceof Statement statement
                            && method.getReturnType() == Statement.class
                    ? wrap(Statement.class, statement)
                    : result;
        } catch (InvocationTargetException e) {
            throw e.getCause() == null ? e : e.getCause();
        }
    }

    /** Where a method of a connection or a statement takes SQL, that is its first argument. */
    private @Nullable Object @Nullable [] renamed(
            Method method, @Nullable Object @Nullable [] arguments) {
        if (arguments == null
                || !(arguments[0] instanceof String sql)
                || method.getName().startsWith("set")) {
            return arguments;
        }
        @Nullable Object[] renamed = arguments.clone();
        renamed[0] = DERIVED.matcher(sql).replaceAll(replacement);
        return renamed;
    }
}
