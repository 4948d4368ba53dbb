package dev.myproxy.backend;

import dev.myproxy.auth.BackendAuths;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.Capability;
import dev.myproxy.protocol.ChangeUser;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.Packets;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.time.Duration;
import java.util.Optional;

/**
 * A login within a connection: COM_CHANGE_USER, which is sent when this handler comes into the pipeline, and the
 * authentication behind it. Nothing else may be under way.
 *
 * <p>The salt of the greeting has been used, and not every server would take it again: the command names a plugin that no
 * server has, without an answer, so that the server asks to switch to the plugin of the account, with a salt.
 */
public final class BackendChangeUser extends AuthDialogue {

    private static final ByteString NO_PLUGIN = ByteString.of("myproxy_waits_for_a_salt");

    private final HandshakeResponse client;
    private final Capabilities capabilities;

    /**
     * @param client       the login of the client that this is for, whose wishes the server gets
     * @param capabilities in force on the connection; see {@link #isPossible}
     * @param auths        what to log in with
     * @param limit        how long the login may take
     * @param blocking     runs what would block the event loop
     */
    public BackendChangeUser(LoginTask task, HandshakeResponse client, Capabilities capabilities, BackendAuths auths,
            Duration limit, Blocking blocking) {
        super(task, auths, limit, blocking);
        this.client = client;
        this.capabilities = capabilities;
    }

    /** Whether the server of a connection with these flags can be asked for a salt. */
    public static boolean isPossible(Capabilities capabilities) {
        return capabilities.has(Capability.PLUGIN_AUTH);
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        ByteString database = auths().credentials().database().untilNul();
        ChangeUser request = new ChangeUser(auths().credentials().user().untilNul(), AuthAnswer.wrap(new byte[0]),
                database.isEmpty() ? Optional.empty() : Optional.of(database), Optional.of(client.charset()),
                NO_PLUGIN, client.attributes());
        ByteBuf packet = Packets.frame(context.alloc(), 0, to -> request.write(to, capabilities));
        var _ = context.writeAndFlush(packet, context.voidPromise());
        startReading(context);
    }

    @Override
    String request() {
        return "COM_CHANGE_USER";
    }

    @Override
    Capabilities capabilities() {
        return capabilities;
    }

    @Override
    boolean isGreeted() {
        return true;
    }
}
