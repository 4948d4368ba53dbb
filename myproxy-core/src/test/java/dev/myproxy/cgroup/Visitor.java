package dev.myproxy.cgroup;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;

/** A process that connects to a Unix socket, and ends when its input does. */
final class Visitor {

    private Visitor() {}

    public static void main(String[] arguments) throws IOException {
        try (SocketChannel _ = SocketChannel.open(UnixDomainSocketAddress.of(arguments[0]))) {
            while (System.in.read() >= 0) {
                // only the end counts
            }
        }
    }

    static Process start(Path socket) throws IOException {
        String java = ProcessHandle.current().info().command().orElse("java");
        return new ProcessBuilder(java, "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-cp",
                System.getProperty("java.class.path"), Visitor.class.getName(), socket.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }
}
