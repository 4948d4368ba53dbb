package dev.myproxy.session;

import dev.myproxy.address.Address;
import java.io.Closeable;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Unix socket that accepts nobody and has no place left for those who wait. */
final class FullSocket implements Closeable {

    private final Path path;
    private final ServerSocketChannel listener;
    private final List<SocketChannel> waiting = new ArrayList<>();

    private FullSocket(Path path) throws IOException {
        this.path = path;
        listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(path), 1);
    }

    static FullSocket at(Path path) throws IOException {
        FullSocket socket = new FullSocket(path);
        while (socket.takesOneMore()) {
            // until it does not
        }
        return socket;
    }

    private boolean takesOneMore() throws IOException {
        SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
        waiting.add(client);
        client.configureBlocking(false);
        try {
            return client.connect(UnixDomainSocketAddress.of(path));
        } catch (IOException _) {
            // EAGAIN
            return false;
        }
    }

    Address address() {
        return new Address.UnixPath(path.toString());
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel client : waiting) {
            client.close();
        }
        listener.close();
    }
}
