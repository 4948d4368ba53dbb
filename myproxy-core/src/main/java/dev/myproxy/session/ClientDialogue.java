package dev.myproxy.session;

import dev.myproxy.auth.ClientAuth;
import dev.myproxy.auth.ClientStep;
import dev.myproxy.auth.RsaKey;
import dev.myproxy.auth.Secret;
import dev.myproxy.protocol.AuthAnswer;
import dev.myproxy.protocol.AuthMoreData;
import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.MalformedPacketException;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.Packets;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.SessionCounter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The client's side while a {@link ClientAuth} asks it who it is: sends what the steps say, and reads the answers. The client's
 * time runs while it is asked, not while something is computed; meanwhile what it sends waits.
 */
final class ClientDialogue extends ClientPhase {

    /**
     * What has been learnt.
     *
     * @param step           {@link ClientStep.Password} or {@link ClientStep.Proof}
     * @param nextSequenceId of the next packet to the client
     * @param rest           what was received behind the client's last packet; to be released
     */
    record Result(ClientStep step, int nextSequenceId, ByteBuf rest) {}

    private final ClientAuth auth;
    private final ClientStep first;
    private final ByteString user;
    private final Consumer<Result> done;
    private final PacketAssembler assembler = new PacketAssembler();
    private int nextSequenceId;
    private boolean computing;

    private ClientDialogue(Session session, ClientAuth auth, ClientStep first, ByteString user, int nextSequenceId,
            ByteBuf rest, Consumer<Result> done) {
        super(session);
        this.auth = auth;
        this.first = first;
        this.user = user;
        this.nextSequenceId = nextSequenceId;
        this.done = done;
        assembler.feed(rest);
    }

    /**
     * Asks a client, unless everything is known already.
     *
     * @param user           who it says it is
     * @param nextSequenceId of the next packet to the client
     * @param rest           what was received behind the client's last packet; taken over
     * @param done           hears what has been learnt; not called if the session ends
     */
    static void hold(Session session, ClientAuth auth, ByteString user, int nextSequenceId, ByteBuf rest,
            Consumer<Result> done) {
        ClientStep first = auth.begin();
        switch (first) {
            case ClientStep.Password _,ClientStep.Proof _ -> done.accept(new Result(first, nextSequenceId, rest));
            case ClientStep.Refuse(ClientStep.Reason reason) -> {
                rest.release();
                refuse(session, reason, nextSequenceId);
            }
            default -> session
                    .becomes(new ClientDialogue(session, auth, first, user, nextSequenceId, rest, done));
        }
    }

    private static void refuse(Session session, ClientStep.Reason reason, int nextSequenceId) {
        switch (reason) {
            case UNSUPPORTED -> session.fail(DisconnectCause.CLIENT_MALFORMED,
                    "Client knows none of the authentication plugins that are supported", nextSequenceId,
                    ClientErrors.NOT_SUPPORTED_CLIENT);
            case CLEARTEXT -> session.fail(DisconnectCause.CLIENT_MALFORMED,
                    "Client sent its password in clear over a network, without allow_cleartext", nextSequenceId,
                    ClientErrors.CLEARTEXT);
        }
    }

    @Override
    public void handlerAdded(ChannelHandlerContext context) {
        take(first);
    }

    private void take(ClientStep step) {
        switch (step) {
            case ClientStep.Switch(var request) -> ask(request::write);
            case ClientStep.More(var data) -> ask(new AuthMoreData(data)::write);
            case ClientStep.SendKey() -> compute(session().rsaKey(), key -> ask(new AuthMoreData(key.pem())::write),
                    _ -> {});
            case ClientStep.Decrypt(var message, var salt) -> decrypt(message, salt);
            case ClientStep.Password _,ClientStep.Proof _ ->
                done.accept(new Result(step, nextSequenceId, assembler.takeRest()));
            case ClientStep.Refuse(var reason) -> refuse(session(), reason, nextSequenceId);
        }
    }

    private void ask(Consumer<ByteBuf> question) {
        session().send(nextSequenceId, question);
        nextSequenceId = Packets.next(nextSequenceId);
        session().loginTimeout().run();
        boolean halfClosed = HalfClosed.isHalfClosed(session().channel());
        session().channel().config().setAutoRead(!halfClosed);
        read();
        if (halfClosed && session().side() == this && !computing) {
            halfClosed();
        }
    }

    private void decrypt(AuthAnswer message, ByteString salt) {
        compute(session().rsaKey().thenCompose(key -> decrypt(key, message, salt)), password -> {
            if (password.isPresent()) {
                take(new ClientStep.Password(password.get()));
            } else {
                session().fail(DisconnectCause.CLIENT_MALFORMED,
                        "Client's password was not encrypted with the key of this proxy", nextSequenceId,
                        ClientErrors.accessDenied(user, session().client().address()));
            }
        }, password -> password.ifPresent(Secret::clear));
    }

    private CompletableFuture<Optional<Secret>> decrypt(RsaKey key, AuthAnswer message, ByteString salt) {
        return session().work(() -> key.decrypt(message, salt)).thenApply(done -> done.flatMap(Function.identity()));
    }

    /**
     * Waits for something that takes its time.
     *
     * @param goOn takes it
     * @param drop takes it if the session has ended
     */
    private <T> void compute(CompletableFuture<T> work, Consumer<T> goOn, Consumer<T> drop) {
        computing = true;
        session().place().occupy();
        session().channel().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
        var _ = work.whenCompleteAsync((result, failure) -> {
            computing = false;
            session().place().release();
            if (failure != null) {
                session().broken(failure, DisconnectCause.CLIENT_CLOSED);
            } else if (session().hasEnded()) {
                drop.accept(result);
            } else {
                goOn.accept(result);
            }
        }, session().channel().eventLoop());
    }

    @Override
    Departure departure() {
        return Departure.FREE;
    }

    @Override
    int nextSequenceId() {
        return !computing && assembler.hasHeader() ? Packets.next(assembler.sequenceId()) : nextSequenceId;
    }

    @Override
    void halfClosed() {
        if (!computing) {
            super.halfClosed();
        }
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (session().hasEnded()) {
            ((ByteBuf) message).release();
            return;
        }
        assembler.feed((ByteBuf) message);
        if (computing) {
            context.channel().config().setAutoRead(false);
        } else {
            read();
        }
    }

    private void read() {
        try {
            if (assembler.next()) {
                answered(assembler.payload());
            }
        } catch (MalformedPacketException e) {
            session().malformed(e, Packets.next(assembler.sequenceId()));
        }
    }

    private void answered(ByteBuf payload) {
        session().loginTimeout().pause();
        session().meters().count(SessionCounter.PACKETS_RECEIVED);
        nextSequenceId = Packets.next(assembler.sequenceId());
        byte[] answer = new byte[payload.readableBytes()];
        payload.readBytes(answer);
        take(auth.next(AuthAnswer.wrap(answer)));
    }

    @Override
    public void handlerRemoved(ChannelHandlerContext context) {
        assembler.close();
    }
}
