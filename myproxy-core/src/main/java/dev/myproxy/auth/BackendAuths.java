package dev.myproxy.auth;

import dev.myproxy.protocol.AuthSwitchRequest;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Greeting;
import java.util.Optional;

/**
 * Makes the authentication plugins of one login.
 *
 * @param credentials    the script's
 * @param safety         of the connection to the server
 * @param allowCleartext whether the script lets the password travel in clear all the same
 */
public record BackendAuths(Credentials credentials, Safety safety, boolean allowCleartext) {

    /** The plugin for a greeting: mysql_native_password if the greeting names none that we know. */
    public BackendAuth forGreeting(Greeting greeting) {
        return create(greeting.plugin(), greeting.salt())
                .orElseGet(() -> new NativePassword(greeting.salt(), credentials));
    }

    /** The plugin that a server asks for in the course of a login; empty if we don't know it. */
    public Optional<BackendAuth> forSwitch(AuthSwitchRequest request) {
        return create(request.plugin(), request.data());
    }

    private Optional<BackendAuth> create(ByteString plugin, ByteString salt) {
        if (plugin.equals(NativePassword.NAME)) {
            return Optional.of(new NativePassword(salt, credentials));
        }
        if (plugin.equals(CachingSha2Password.NAME)) {
            return Optional.of(new CachingSha2Password(salt, credentials, safety));
        }
        if (plugin.equals(Sha256Password.NAME)) {
            return Optional.of(new Sha256Password(salt, credentials, safety));
        }
        if (plugin.equals(ClearPassword.NAME)) {
            return Optional.of(new ClearPassword(credentials, safety, allowCleartext));
        }
        if (plugin.equals(Ed25519.NAME)) {
            return Optional.of(new Ed25519(salt, credentials));
        }
        if (plugin.equals(Parsec.NAME)) {
            return Optional.of(new Parsec(salt, credentials));
        }
        return Optional.empty();
    }
}
