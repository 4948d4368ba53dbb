package dev.myproxy.script;

import dev.myproxy.auth.Secret;
import dev.myproxy.auth.StoredPassword;
import io.vertx.core.Future;

/** Lets a client prove that it knows a password. Safe to use from every thread. */
@FunctionalInterface
public interface PasswordProof {

    /** Nobody can be asked. */
    PasswordProof NONE = _ -> Future.failedFuture("there is no client that could be asked");

    /** A client that has said its password, which must not be wiped while it is asked. */
    static PasswordProof of(Secret password) {
        return stored -> Future.succeededFuture(stored.isOf(password));
    }

    /**
     * Asks the client, unless it has said enough already.
     *
     * @return whether it knows the password, on any thread; fails with a text for the script if it can't be asked, and does not
     *         complete if the client leaves
     */
    Future<Boolean> verify(StoredPassword stored);
}
