package dev.myproxy.peers;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;

/** TLS over a {@link Wire}, by Java's engine. One thread may read while another one writes, once hands are shaken. */
final class WireTls {

    /** How the bytes below travel. */
    interface Below {
        int read(ByteBuffer into, Duration limit) throws IOException;

        void write(ByteBuffer from) throws IOException;
    }

    private final SSLEngine engine;
    private final Below below;
    private final ByteBuffer encrypted = ByteBuffer.allocate(1 << 15).flip();
    private final ByteBuffer decrypted = ByteBuffer.allocate(1 << 15).flip();

    WireTls(SSLEngine engine, ByteBuffer early, Below below) {
        this.engine = engine;
        this.below = below;
        encrypted.compact().put(early).flip();
    }

    void shakeHands(Duration limit) throws IOException {
        engine.beginHandshake();
        HandshakeStatus status = engine.getHandshakeStatus();
        while (status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING) {
            status = switch (status) {
                case NEED_WRAP -> wrap(ByteBuffer.allocate(0)).getHandshakeStatus();
                case NEED_TASK -> {
                    engine.getDelegatedTask().run();
                    yield engine.getHandshakeStatus();
                }
                default -> unwrap(limit);
            };
        }
    }

    /** Takes one record, or reads some more bytes of it. */
    private HandshakeStatus unwrap(Duration limit) throws IOException {
        SSLEngineResult result = decrypt();
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
            if (receive(limit) < 0) {
                throw new SSLException("stream ended during the handshake");
            }
        } else if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
            throw new SSLException("closed during the handshake");
        }
        return result.getHandshakeStatus() == HandshakeStatus.FINISHED
                ? HandshakeStatus.FINISHED
                : engine.getHandshakeStatus();
    }

    /** Decrypts a record, if all of it is there. */
    private SSLEngineResult decrypt() throws SSLException {
        decrypted.compact();
        try {
            return engine.unwrap(encrypted, decrypted);
        } finally {
            decrypted.flip();
        }
    }

    /** Reads some bytes to decrypt; -1 at the end of the stream. */
    private int receive(Duration limit) throws IOException {
        encrypted.compact();
        try {
            return below.read(encrypted, limit);
        } finally {
            encrypted.flip();
        }
    }

    private SSLEngineResult wrap(ByteBuffer from) throws IOException {
        ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
        SSLEngineResult result = engine.wrap(from, out);
        below.write(out.flip());
        return result;
    }

    int read(ByteBuffer into, Duration limit) throws IOException {
        while (!decrypted.hasRemaining()) {
            SSLEngineResult result = decrypt();
            if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                return -1;
            }
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW && receive(limit) < 0) {
                return -1;
            }
            while (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                engine.getDelegatedTask().run();
            }
        }
        int count = Math.min(into.remaining(), decrypted.remaining());
        into.put(decrypted.slice(decrypted.position(), count));
        decrypted.position(decrypted.position() + count);
        return count;
    }

    void write(ByteBuffer from) throws IOException {
        while (from.hasRemaining()) {
            if (wrap(from).getStatus() == SSLEngineResult.Status.CLOSED) {
                throw new SSLException("closed");
            }
        }
    }

    /** Announces the end of what is written. */
    void closeOutput() throws IOException {
        engine.closeOutbound();
        while (!engine.isOutboundDone()) {
            if (wrap(ByteBuffer.allocate(0)).bytesProduced() == 0) {
                return;
            }
        }
    }

    SSLEngine engine() {
        return engine;
    }
}
