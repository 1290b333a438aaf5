import java.sql.DriverManager;
import java.util.logging.LogManager;
import org.flywaydb.core.Flyway;

/** Flyway with its defaults. FlywayPeer start | migrate FILE FOLDER | validate FILE FOLDER */
public class FlywayPeer {
    public static void main(String[] args) throws Exception {
        LogManager.getLogManager().reset();
        if (args[0].equals("start")) {
            // What every run pays before it looks at a ledger: classes, and the engine unpacked and loaded.
            Flyway.configure();
            DriverManager.getConnection("jdbc:duckdb:").close();
            return;
        }
        Flyway flyway = Flyway.configure()
            .dataSource("jdbc:duckdb:" + args[1], null, null)
            .locations("filesystem:" + args[2])
            .load();
        if (args[0].equals("migrate")) flyway.migrate();
        else flyway.validate();
    }
}
