package dev.myproxy.it.same;

import java.util.Optional;

/**
 * What a client logs in with.
 *
 * @param charset the id of a collation
 * @param with    capability flags that it asks for besides the usual ones
 * @param without usual capability flags that it does not ask for
 */
record Account(String user, String password, Optional<String> database, int charset, long with, long without) {

    /** Whom scripts begin as. */
    static final Account USUAL = new Account("root", "", Optional.of("same"), 45, 0, 0);

    Account withUser(String value) {
        return new Account(value, password, database, charset, with, without);
    }

    Account withPassword(String value) {
        return new Account(user, value, database, charset, with, without);
    }

    /** The word {@code none} stands for no database. */
    Account withDatabase(String value) {
        return new Account(user, password, "none".equals(value) ? Optional.empty() : Optional.of(value), charset,
                with, without);
    }

    Account withCharset(int value) {
        return new Account(user, password, database, value, with, without);
    }

    Account asking(long more, long less) {
        return new Account(user, password, database, charset, with | more, without | less);
    }
}
