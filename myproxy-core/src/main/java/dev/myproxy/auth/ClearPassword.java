package dev.myproxy.auth;

import dev.myproxy.protocol.ByteString;

/** mysql_clear_password: the password and a NUL. Only where nobody can listen, or where the script allows it. */
final class ClearPassword implements BackendAuth {

    static final ByteString NAME = ByteString.of("mysql_clear_password");

    private final Credentials credentials;
    private final Safety safety;
    private final boolean allowed;

    ClearPassword(Credentials credentials, Safety safety, boolean allowed) {
        this.credentials = credentials;
        this.safety = safety;
        this.allowed = allowed;
    }

    @Override
    public ByteString plugin() {
        return NAME;
    }

    @Override
    public AuthStep start() {
        if (credentials.password().isEmpty() && credentials.passwordSha1().isPresent()) {
            return Scramble.NEED_PASSWORD;
        }
        if (safety == Safety.NETWORK && !allowed) {
            return new AuthStep.Fail(AuthStep.Reason.POLICY,
                    "Server asks for the password in clear over a network; the option allow_cleartext=true of"
                            + " client:connect() permits that");
        }
        return AuthStep.Send.of(Scramble.terminated(credentials.password()));
    }
}
