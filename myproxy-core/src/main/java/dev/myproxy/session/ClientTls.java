package dev.myproxy.session;

import dev.myproxy.session.meters.SessionCounter;
import dev.myproxy.session.meters.DisconnectCause;
import dev.myproxy.session.meters.TlsMeters;
import dev.myproxy.session.meters.TlsSide;
import dev.myproxy.tls.TlsFailureKind;
import dev.myproxy.tls.ListenerTls;
import dev.myproxy.tls.PeerTls;
import dev.myproxy.tls.TlsFailure;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether a client's connection is encrypted, can be, or has to be. Netty's handler stands in front of the phase's from the client's
 * request on, so that all phases see what they always see. Lives on the session's event loop.
 */
final class ClientTls {

    private enum State {
        PLAIN, SHAKING_HANDS, ENCRYPTED
    }

    private final Session session;
    private final Optional<ListenerTls> offer;
    private State state = State.PLAIN;
    private boolean offered;
    private long began;
    private @Nullable SslHandler handler;
    private Optional<String> failure = Optional.empty();
    private Optional<TlsFailureKind> kind = Optional.empty();

    /** @param offer what the client's listener has */
    ClientTls(Session session, Optional<ListenerTls> offer) {
        this.session = session;
        this.offer = offer;
    }

    /** Calls back when it is known whether TLS is offered; at once, but just after the listener was made. */
    void whenKnown(Runnable then) {
        if (offer.isEmpty()) {
            then.run();
        } else if (offer.get().ready().isDone()) {
            offered = offer.get().ready().join();
            then.run();
        } else {
            var _ = offer.get().ready().thenAcceptAsync(ready -> {
                offered = ready;
                then.run();
            }, session.channel().eventLoop());
        }
    }

    /** Whether the greeting offers TLS. */
    boolean isOffered() {
        return offered;
    }

    /** Whether the client must not log in now, because it has not asked for TLS. */
    boolean isMissing() {
        return state == State.PLAIN && offer.filter(tls -> tls.options().required()).isPresent();
    }

    /** Whether all that the client sends is encrypted. */
    boolean isOn() {
        return state == State.ENCRYPTED;
    }

    /** SHA-256 of the certificate that the client was shown; empty without TLS. */
    Optional<byte[]> fingerprint() {
        return isOn() ? Optional.ofNullable(handler).flatMap(PeerTls::shownBy) : Optional.empty();
    }

    /** Whether the client can't be told anything now. */
    boolean isShakingHands() {
        return state == State.SHAKING_HANDS;
    }

    /**
     * The client has asked for TLS.
     *
     * @param rest what was received behind that, which is TLS or nothing; taken over
     */
    void shakeHands(ByteBuf rest) {
        Channel channel = session.channel();
        SslHandler added = offer.orElseThrow().newHandler(channel);
        handler = added;
        state = State.SHAKING_HANDS;
        began = System.nanoTime();
        HandshakeTurn turn = new HandshakeTurn(session, session.sessions().handshakeTurns(channel.eventLoop()));
        channel.pipeline().addFirst(turn, added);
        if (rest.isReadable()) {
            channel.pipeline().fireChannelRead(rest).fireChannelReadComplete();
        } else {
            rest.release();
        }
    }

    /** The handshake is over. */
    void shaken(SslHandshakeCompletionEvent event) {
        if (event.isSuccess() && handler != null && state == State.SHAKING_HANDS) {
            state = State.ENCRYPTED;
            session.channel().pipeline().get(HandshakeTurn.class).shaken();
            PeerTls peer = PeerTls.of(handler);
            session.client().setTls(peer);
            session.meters().count(SessionCounter.TLS_OK);
            meters().shaken(peer.version(), System.nanoTime() - began);
            session.log().encrypted(peer);
        } else if (!event.isSuccess()) {
            failed(event.cause());
        }
    }

    /**
     * Something failed. If TLS is to blame, its handler closes the channel.
     *
     * @return whether that is so
     */
    boolean failed(Throwable cause) {
        if (handler == null) {
            return false;
        }
        Optional<String> words = TlsFailure.of(cause);
        failure = failure.or(() -> words);
        kind = kind.or(() -> Optional.of(TlsFailureKind.of(cause)));
        return words.isPresent();
    }

    /** The session is over. */
    void over(DisconnectCause cause) {
        switch (state) {
            case PLAIN -> {
                // there is nothing to count
            }
            case SHAKING_HANDS -> {
                session.meters().count(SessionCounter.TLS_ERR);
                meters().failed(kind.orElse(switch (cause) {
                    case LOGIN_TIMEOUT -> TlsFailureKind.TIMEOUT;
                    case CLIENT_CLOSED -> TlsFailureKind.CLOSED;
                    default -> TlsFailureKind.OTHER;
                }));
            }
            case ENCRYPTED -> session.client().tls().ifPresent(peer -> meters().left(peer.version()));
        }
    }

    private TlsMeters meters() {
        return session.meters().tls(TlsSide.CLIENT);
    }

    /** Why the connection ended, if TLS is to blame. */
    Optional<String> failure() {
        return failure;
    }
}
