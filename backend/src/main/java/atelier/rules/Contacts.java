package atelier.rules;

import atelier.kernel.Address;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The contracts that the on-chain Directory lists, as mirrored. */
@Component
public class Contacts {

    private final JdbcClient jdbc;

    Contacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every entry ever listed, oldest first. */
    public List<Contact> all() {
        return jdbc.sql(
                        """
                        select kind, address, first_block, last_block
                        from derived.directory order by block_number, log_index
                        """)
                .query(Contacts::contact)
                .list();
    }

    private static Contact contact(ResultSet row, int number) throws SQLException {
        return new Contact(
                row.getString("kind"),
                Address.of(row.getBytes("address")),
                row.getLong("first_block"),
                row.getObject("last_block", Long.class));
    }
}
