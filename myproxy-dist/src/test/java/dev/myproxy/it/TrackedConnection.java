package dev.myproxy.it;

import dev.myproxy.protocol.Capabilities;
import dev.myproxy.protocol.CommandScanner;
import dev.myproxy.protocol.Greeting;
import dev.myproxy.protocol.HandshakeResponse;
import dev.myproxy.protocol.OkPacket;
import dev.myproxy.protocol.PacketAssembler;
import dev.myproxy.protocol.ResponseScanner;
import dev.myproxy.protocol.ResponseTracker;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A client's connection to a server with the scanners in between. One thread per direction; the lock is this object. */
final class TrackedConnection implements Closeable {

    private final SocketChannel client;
    private final SocketChannel server;
    private final PacketAssembler fromClient = new PacketAssembler();
    private final PacketAssembler fromServer = new PacketAssembler();
    private final List<String> responses = new ArrayList<>();

    private Capabilities capabilities = Capabilities.NONE;
    private boolean greeted;
    private boolean responded;
    private @Nullable ResponseTracker tracker;
    private @Nullable ResponseScanner responseScanner;
    private @Nullable CommandScanner commandScanner;
    private @Nullable Throwable failure;

    TrackedConnection(SocketChannel client, SocketChannel server) {
        this.client = client;
        this.server = server;
    }

    /** What both sides have; empty before the login. */
    synchronized Capabilities capabilities() {
        return capabilities;
    }

    /** The tracker, once the login is over. */
    synchronized ResponseTracker tracker() {
        if (failure != null) {
            throw new AssertionError("The scanners failed", failure);
        }
        if (tracker == null) {
            throw new AssertionError("Not logged in");
        }
        return tracker;
    }

    /** The commands that were answered, those with an ERR followed by its code. */
    synchronized List<String> responses() {
        return List.copyOf(responses);
    }

    void toServer() {
        pump(client, server, this::commands);
    }

    void toClient() {
        pump(server, client, this::responses);
    }

    private interface Step {
        /** Looks at bytes and says how many may pass. */
        int apply(ByteBuf bytes);
    }

    private void pump(SocketChannel from, SocketChannel to, Step step) {
        ByteBuffer buffer = ByteBuffer.allocate(16 << 10);
        try {
            while (from.read(buffer) >= 0) {
                buffer.flip();
                int passing;
                synchronized (this) {
                    passing = step.apply(Unpooled.wrappedBuffer(buffer));
                }
                ByteBuffer slice = buffer.slice(buffer.position(), passing);
                while (slice.hasRemaining()) {
                    to.write(slice);
                }
                buffer.position(buffer.position() + passing).compact();
            }
            to.shutdownOutput();
        } catch (ClosedChannelException _) {
            // The other direction, or the test, has closed the connection.
        } catch (IOException | RuntimeException e) {
            fail(e);
        }
    }

    private synchronized void fail(Throwable e) {
        failure = e;
        try {
            close();
        } catch (IOException suppressed) {
            e.addSuppressed(suppressed);
        }
    }

    private int commands(ByteBuf bytes) {
        if (commandScanner != null) {
            return commandScanner.scan(bytes);
        }
        int length = bytes.readableBytes();
        fromClient.feed(bytes);
        while (fromClient.next()) {
            if (!responded) {
                responded = true;
                HandshakeResponse response = HandshakeResponse.read(fromClient.payload(), capabilities);
                capabilities = response.capabilities();
            }
        }
        return length;
    }

    private int responses(ByteBuf bytes) {
        int length = bytes.readableBytes();
        if (responseScanner != null) {
            responseScanner.scan(bytes);
            return length;
        }
        fromServer.feed(bytes);
        while (fromServer.next()) {
            ByteBuf payload = fromServer.payload();
            if (!greeted) {
                greeted = true;
                capabilities = Greeting.read(payload).capabilities();
            } else if (payload.getUnsignedByte(payload.readerIndex()) == OkPacket.HEADER) {
                enterCommandPhase(OkPacket.read(payload, capabilities));
                break;
            }
        }
        return length;
    }

    private void enterCommandPhase(OkPacket ok) {
        ResponseTracker started = new ResponseTracker(capabilities, (command, failed, code, _, _, _) -> responses
                .add(failed ? command + " " + code : command.toString()));
        started.loggedIn(ok);
        tracker = started;
        responseScanner = new ResponseScanner(started);
        commandScanner = new CommandScanner(started, Set.of());
        responseScanner.scan(fromServer.takeRest());
    }

    @Override
    public void close() throws IOException {
        client.close();
        server.close();
    }
}
