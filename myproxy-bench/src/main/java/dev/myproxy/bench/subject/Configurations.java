package dev.myproxy.bench.subject;

import dev.myproxy.address.Address;
import dev.myproxy.auth.Credentials;
import java.nio.charset.StandardCharsets;

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

    /** A script that decides: it knows one account, and what that is at the server. */
    static String myproxy(int port, Address server, Credentials account) {
        return """
               local server = mysql_resolve(%s)
               local accounts = {
                   [%s] = {user = %s, password = %s},
               }

               mysql_listen('127.0.0.1:%d', {
                   on_handshake_response = function(client, login)
                       local account = accounts[login.user]
                       if not account then
                           return client:err('Unknown user')
                       end
                       client.account = login.user
                       return client:connect(server, {
                           user = account.user,
                           password = account.password,
                           database = login.database,
                       })
                   end,
               })
               """.formatted(quoted(server.toString().getBytes(StandardCharsets.UTF_8)),
                quoted(account.user().toByteArray()), quoted(account.user().toByteArray()),
                quoted(account.password().copy()), port);
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
