package dev.myproxy.auth;

import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;

/** What there is to do next to learn who a client is. */
public sealed interface ClientStep {

    /** Ask the client for another plugin; its next packet answers that. */
    record Switch(AuthSwitchRequest request) implements ClientStep {}

    /** Send an AuthMoreData packet; the client's next packet answers it. */
    record More(ByteString data) implements ClientStep {}

    /** Send the public key, in an AuthMoreData packet; the client's next packet answers it. */
    record SendKey() implements ClientStep {}

    /** Decrypt what the client has sent, which is its password. */
    record Decrypt(AuthAnswer message, ByteString salt) implements ClientStep {}

    /** This is the client's password. */
    record Password(Secret password) implements ClientStep {}

    /** This is the client's answer to a salt, by mysql_native_password. */
    record Proof(NativeProof proof) implements ClientStep {}

    /** The client can't be asked any further. */
    record Refuse(Reason reason) implements ClientStep {}

    /** Why. */
    enum Reason {
        /** It can do nothing that we can. */
        UNSUPPORTED,
        /** It sent its password in clear where it may not. */
        CLEARTEXT
    }
}
