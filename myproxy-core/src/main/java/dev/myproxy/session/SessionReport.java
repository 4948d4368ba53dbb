package dev.myproxy.session;

import dev.myproxy.address.Address;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.Phase;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What there is to say about a session when it is over.
 *
 * @param id            connection id in the greeting
 * @param account       as the script set it
 * @param listener      that accepted the client
 * @param proxy         that the client came through, if any
 * @param server        that the client was connected to last, if any
 * @param cause         why it ended
 * @param phase         in which it ended
 * @param queries       COM_QUERY packets
 * @param receivedBytes from the client in the command phase
 * @param sentBytes     to the client in the command phase
 * @param hookMillis    time in the script's handlers before the command phase
 * @param connectMillis time to connect to the server
 * @param loginMillis   time for the server's greeting and authentication
 * @param totalMillis   time from accepting the client to the end
 */
public record SessionReport(long id, Optional<ByteString> account, Address listener, Optional<Address> proxy,
        Optional<Address> server, DisconnectCause cause, Phase phase, long queries, long receivedBytes, long sentBytes,
        double hookMillis,
        double connectMillis, double loginMillis, double totalMillis) {

    /** The fields by their names in the last log line, in its order, as {@code on_disconnect} gets them. */
    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("id", id);
        account.ifPresent(name -> fields.put("account", name));
        fields.put("listener", listener.toString());
        proxy.ifPresent(address -> fields.put("proxy", address.toString()));
        fields.putAll(results());
        return fields;
    }

    /** Those of the fields that are known only when the session is over. */
    Map<String, Object> results() {
        Map<String, Object> fields = new LinkedHashMap<>();
        server.ifPresent(address -> fields.put("server", address.toString()));
        fields.put("cause", cause.label());
        fields.put("phase", phase.label());
        fields.put("queries", queries);
        fields.put("received_bytes", receivedBytes);
        fields.put("sent_bytes", sentBytes);
        fields.put("hook_ms", hookMillis);
        fields.put("connect_ms", connectMillis);
        fields.put("login_ms", loginMillis);
        fields.put("total_ms", totalMillis);
        return fields;
    }

    /** The fields of the session's last log line. */
    @Override
    public String toString() {
        return "end id=" + id + " account=" + account.orElse(ByteString.EMPTY) + " listener=" + listener
                + proxy.map(address -> " proxy=" + address).orElse("") + " server="
                + server.map(Address::toString).orElse("-") + " cause=" + cause.label() + " phase=" + phase.label()
                + " queries=" + queries + " received_bytes=" + receivedBytes + " sent_bytes=" + sentBytes + " hook_ms="
                + SessionLog.millis(hookMillis) + " connect_ms=" + SessionLog.millis(connectMillis) + " login_ms="
                + SessionLog.millis(loginMillis) + " total_ms=" + SessionLog.millis(totalMillis);
    }
}
