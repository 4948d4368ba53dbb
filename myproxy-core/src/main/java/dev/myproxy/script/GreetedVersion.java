package dev.myproxy.script;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Greeting;

/** Which version of the server the greetings of a listener name, unless the script names another one to a client. */
public sealed interface GreetedVersion {

    /** Where nothing else is said, or known. */
    ByteString USUAL = ByteString.of("5.7.30");

    /**
     * Always the same.
     *
     * @param version one by {@link Greeting#isVersion}
     */
    record Fixed(ByteString version) implements GreetedVersion {
        public Fixed {
            if (!Greeting.isVersion(version)) {
                throw new IllegalArgumentException("no version: " + version);
            }
        }
    }

    /** That of the server which a client of the listener was logged in to last. */
    record OfServer() implements GreetedVersion {}
}
