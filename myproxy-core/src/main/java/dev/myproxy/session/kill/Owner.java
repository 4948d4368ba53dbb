package dev.myproxy.session.kill;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.ScriptClient;

/** Whose a session is. Only sessions of the same owner can end each other. */
public sealed interface Owner {

    /** An account that the script has named. */
    record Account(ByteString name) implements Owner {}

    /** Where the script names none: a user's name, at one listener. */
    record User(ByteString name, Address listener) implements Owner {}

    /**
     * The owner of a session.
     *
     * @param user that its client logged in as
     */
    static Owner of(ScriptClient client, ByteString user) {
        return client.account().<Owner>map(Account::new).orElseGet(() -> new User(user, client.listener()));
    }
}
