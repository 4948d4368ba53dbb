package dev.myproxy.quickstart;

import dev.myproxy.it.EmbeddedMariaDb;
import java.io.IOException;
import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;

/** A shop with a few products, and the account that owns it. */
final class SampleDatabase {

    /** Known to the script alone, and different each time. */
    static final String PASSWORD = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());

    private SampleDatabase() {}

    static void create(EmbeddedMariaDb database) throws IOException {
        database.execute("CREATE DATABASE shop CHARACTER SET utf8mb4",
                "CREATE TABLE shop.products (name VARCHAR(40) PRIMARY KEY, price DECIMAL(6,2) NOT NULL)",
                "INSERT INTO shop.products VALUES ('Coffee grinder', 49.90), ('Espresso cup', 7.50), "
                        + "('Filter papers', 2.95), ('Moka pot', 24.00)",
                "CREATE USER shop_owner IDENTIFIED BY '" + PASSWORD + "'", "GRANT ALL ON shop.* TO shop_owner");
    }
}
