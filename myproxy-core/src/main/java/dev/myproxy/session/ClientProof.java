package dev.myproxy.session;

import dev.myproxy.auth.AuthMode;
import dev.myproxy.auth.ClientAnswer;
import dev.myproxy.auth.ClientAuth;
import dev.myproxy.auth.ClientStep;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.NativeProof;
import dev.myproxy.auth.NativeRequest;
import dev.myproxy.auth.PasswordRequest;
import dev.myproxy.auth.Secret;
import dev.myproxy.auth.StoredPassword;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.script.PasswordProof;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Optional;

/**
 * What a client has proved of its password in one login, and what it can still be asked. Lives on the session's event loop,
 * where the script's questions come to; ends with the script's decision.
 */
final class ClientProof implements PasswordProof {

    private static final String OVER = "the login is over";

    private final Session session;
    private final Login login;
    private final boolean awaitsVerdict;
    private ClientAnswer answered;
    private Optional<Secret> password;
    private Optional<NativeProof> nativeProof = Optional.empty();
    private Optional<Secret> verifiedSha1 = Optional.empty();
    private Optional<ByteString> seal = Optional.empty();
    private boolean verified;
    private boolean asked;
    private boolean asking;
    private boolean over;

    /** @param password if the client has told it already */
    ClientProof(Session session, Login login, ClientAnswer first, Optional<Secret> password) {
        this.session = session;
        this.login = login;
        this.answered = first;
        this.password = password;
        this.awaitsVerdict = password.isEmpty() && first.awaitsVerdict();
    }

    /**
     * The plugin that clients are greeted with. With mysql_native_password the password does not leave the client; MariaDB's library
     * and Connector/J take a certificate that nobody has signed only if the greeting names a plugin of that kind.
     */
    static ByteString greetedPlugin(AuthMode mode) {
        return mode == AuthMode.HASH ? NativeRequest.PLUGIN : PasswordRequest.PLUGIN;
    }

    /** What asks the client for its password. */
    static ClientAuth passwordRequest(Session session, ClientLibrary library, ClientAnswer first) {
        return new PasswordRequest(first, session.safety(), session.options().allowCleartext(), session::freshSalt,
                library.isWithoutOaep());
    }

    private ClientAuth passwordRequest() {
        return passwordRequest(session, login.library(), answered);
    }

    @Override
    public Future<Boolean> verify(StoredPassword stored) {
        Promise<Boolean> answer = Promise.promise();
        session.channel().eventLoop().execute(() -> {
            if (over || session.hasEnded()) {
                answer.fail(OVER);
            } else if (asking) {
                answer.fail("another verify of this login has not ended");
            } else {
                asking = true;
                answer.future().onComplete(_ -> asking = false);
                check(stored, answer);
            }
        });
        return answer.future();
    }

    private void check(StoredPassword stored, Promise<Boolean> answer) {
        switch (stored) {
            case StoredPassword.Native hash when password.isPresent() ->
                answer.complete(verified(hash.isOf(password.get())));
            case StoredPassword.Native hash when nativeProof.isPresent() ->
                answer.complete(verified(nativeProof.get(), hash));
            case StoredPassword.CachingSha2 hash when password.isPresent() -> compute(hash, password.get(), answer);
            case StoredPassword.Native _ -> ask(nativeRequest(), stored, answer);
            case StoredPassword.CachingSha2 _ -> ask(passwordRequest(), stored, answer);
        }
    }

    /** MySQL's clients since 9.0 don't have the plugin any more, but tell their password as well. */
    private ClientAuth nativeRequest() {
        return login.library().isWithoutNative()
                ? passwordRequest()
                : new NativeRequest(answered, session::freshSalt);
    }

    private void ask(ClientAuth auth, StoredPassword stored, Promise<Boolean> answer) {
        asked = true;
        login.ask(auth, step -> {
            switch (step) {
                case ClientStep.Password(var secret) -> password = Optional.of(secret);
                case ClientStep.Proof(var proof) -> {
                    nativeProof = Optional.of(proof);
                    answered = answered.afterNative();
                }
                default -> throw new IllegalStateException("nothing was learnt");
            }
            check(stored, answer);
        });
    }

    private void compute(StoredPassword.CachingSha2 hash, Secret secret, Promise<Boolean> answer) {
        Secret copy = Secret.wrap(secret.copy());
        session.place().occupy();
        var _ = session.work(() -> hash.isOf(copy)).whenCompleteAsync((same, failure) -> {
            session.place().release();
            copy.clear();
            if (failure != null) {
                answer.fail(failure);
            } else if (same.isPresent()) {
                answer.complete(verified(same.get()));
            } else {
                answer.fail(OVER);
            }
        }, session.channel().eventLoop());
    }

    private boolean verified(boolean same) {
        verified |= same;
        return same;
    }

    private boolean verified(NativeProof proof, StoredPassword.Native hash) {
        Optional<Secret> sha1 = proof.check(hash);
        if (sha1.isPresent()) {
            verifiedSha1.ifPresent(Secret::clear);
            verifiedSha1 = sha1;
            seal = session.tls().fingerprint().map(fingerprint -> proof.seal(hash, fingerprint));
        }
        return verified(sha1.isPresent());
    }

    /** What vouches for our certificate, if the client has proved itself in a way that it can check that by; see {@link NativeProof#seal}. */
    Optional<ByteString> seal() {
        return seal;
    }

    /** Asks a client that takes no OK before it was asked something, though nobody needs the answer. */
    void satisfy(Runnable then) {
        if (asked || password.isPresent() || !answered.awaitsQuestion()) {
            then.run();
            return;
        }
        asked = true;
        login.ask(passwordRequest(), step -> {
            ((ClientStep.Password) step).password().clear();
            then.run();
        });
    }

    /** Whether the client, if it gets an OK, must be told before that its answer was enough. */
    boolean awaitsVerdict() {
        return awaitsVerdict && !asked;
    }

    /**
     * What to log in with if the script names only the account: what the client has proved to know.
     *
     * @return empty if it has proved nothing
     */
    Optional<Credentials> complete(Credentials named) {
        if (named.hasSecret() || session.options().auth() == AuthMode.PASSWORD) {
            return Optional.of(named);
        }
        if (!verified) {
            return Optional.empty();
        }
        return password.map(secret -> new Credentials(named.user(), Secret.wrap(secret.copy()), Optional.empty(),
                named.database()))
                .or(() -> verifiedSha1.map(sha1 -> new Credentials(named.user(), Secret.empty(),
                        Optional.of(Secret.wrap(sha1.copy())), named.database())));
    }

    /** Nothing is asked any more: wipes what was learnt. */
    void end() {
        over = true;
        answered.bytes().wipe();
        password.ifPresent(Secret::clear);
        verifiedSha1.ifPresent(Secret::clear);
        nativeProof.ifPresent(NativeProof::clear);
    }
}
