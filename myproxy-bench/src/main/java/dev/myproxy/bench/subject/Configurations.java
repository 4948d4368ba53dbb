package dev.myproxy.bench.subject;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import dev.myproxy.auth.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** What the proxies are configured with. Pure. */
final class Configurations {

    private Configurations() {}

    /** One thread, TCP mode, no checks, no logs. */
    static String haproxy(int port, Address server, int sessions) {
        String address = server instanceof Address.UnixPath(String path) ? "unix@" + path : server.toString();
        return """
               global
                 nbthread 1
                 maxconn %d
               defaults
                 mode tcp
                 timeout connect 10s
                 timeout client 1h
                 timeout server 1h
               listen bench
                 bind 127.0.0.1:%d
                 server one %s
               """.formatted(sessions, port, address);
    }

    /**
     * A script that decides: it knows one account, and what that is at the server. Whoever has a password proves that it knows it,
     * as at a server: telling it over plain TCP would cost more than all the rest of a login.
     */
    static String myproxy(int port, Address server, Credentials account) {
        return """
               local server = mysql_resolve(%s)
               local accounts = {
                   [%s] = {user = %s, password = %s, hash = %s},
               }

               mysql_listen('127.0.0.1:%d', {
                   on_handshake_response = function(client, login)
                       local account = accounts[login.user]
                       if not account or account.hash and not login:verify(account.hash) then
                           return client:err('Unknown user')
                       end
                       client.account = login.user
                       return client:connect(server, {
                           user = account.user,
                           password = account.password,
                           database = login.database,
                       })
                   end,
               }, {auth = 'hash'})
               """.formatted(quoted(server.toString().getBytes(StandardCharsets.UTF_8)),
                quoted(account.user().toByteArray()), quoted(account.user().toByteArray()),
                quoted(account.password().copy()), hash(account.password()), port);
    }

    /** What servers store for mysql_native_password. */
    private static String hash(Secret password) {
        if (password.isEmpty()) {
            return "nil";
        }
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return "'*" + HexFormat.of().withUpperCase().formatHex(sha1.digest(sha1.digest(password.copy()))) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-1", e);
        }
    }

    /** A literal of Lua that means these bytes. */
    static String quoted(byte[] bytes) {
        StringBuilder literal = new StringBuilder("'");
        for (byte each : bytes) {
            if (each >= ' ' && each < 0x7f && each != '\'' && each != '\\') {
                literal.append((char) each);
            } else {
                literal.append('\\').append(String.format("%03d", each & 0xff));
            }
        }
        return literal.append('\'').toString();
    }
}
