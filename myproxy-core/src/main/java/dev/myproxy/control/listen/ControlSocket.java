package dev.myproxy.control.listen;

import dev.myproxy.address.Address;
import dev.myproxy.control.ControlOptions;
import dev.myproxy.inherit.InheritedSocket;
import dev.myproxy.listen.SocketFile;
import dev.myproxy.posix.MessageSocket;
import dev.myproxy.transport.ErrorText;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A bound socket, and its file if it has one.
 *
 * <p>The umask decides who may write to the file of a Unix socket, unless options name senders: then everybody may, and those
 * rules decide.
 *
 * @param address as configured, with the true port if that was 0
 */
record ControlSocket(MessageSocket socket, Address address, Optional<SocketFile> file) {

    /** One of the calls that open a socket. */
    @FunctionalInterface
    private interface Step<T> {
        T take() throws IOException;
    }

    /**
     * Opens a socket. Blocks as long as the file system does.
     *
     * @param base directory that relative paths start from
     * @throws IOException such as {@code Failed to bind to @foo: Address already in use}
     */
    static ControlSocket open(Address address, Path base, ControlOptions options) throws IOException {
        MessageSocket socket = step("bind to " + address, () -> create(address));
        try {
            return switch (address) {
                case Address.Inet inet -> bindInet(socket, inet, options);
                case Address.UnixPath(String path) ->
                    step("bind to " + address, () -> bindFile(socket, address, base.resolve(path), options));
                case Address.Abstract(String name) -> step("bind to " + address, () -> {
                    socket.bind(bytes("\0" + name));
                    return new ControlSocket(socket, address, Optional.empty());
                });
            };
        } catch (IOException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /**
     * Opens a socket that was inherited. It must say itself who sends, if it is a Unix socket: no option of it is changed.
     *
     * @throws IOException if it does not
     */
    static ControlSocket adopt(InheritedSocket inherited) throws IOException {
        if (!(inherited.address() instanceof Address.Inet) && !inherited.passesCredentials()) {
            throw new IOException("systemd's " + inherited
                    + " does not say who sends: its unit must have PassCredentials=yes");
        }
        return new ControlSocket(MessageSocket.adopt(inherited.open()), inherited.address(), Optional.empty());
    }

    /** Closes it, and deletes its file. Blocks as long as the file system does. */
    void close() throws IOException {
        try {
            if (file.isPresent()) {
                file.get().remove();
            }
        } finally {
            socket.close();
        }
    }

    private static MessageSocket create(Address address) throws IOException {
        return switch (address) {
            case Address.Inet(var inet) when inet.getAddress() instanceof Inet6Address -> MessageSocket.ipv6();
            case Address.Inet _ -> MessageSocket.ipv4();
            case Address.UnixPath _,Address.Abstract _ -> MessageSocket.unix();
        };
    }

    private static ControlSocket bindInet(MessageSocket socket, Address.Inet address, ControlOptions options)
            throws IOException {
        if (options.networkInterface().isPresent()) {
            String name = options.networkInterface().get();
            step("set SO_BINDTODEVICE", () -> {
                socket.bindToDevice(name);
                return name;
            });
        }
        InetAddress ip = address.socket().getAddress();
        int port = step("bind to " + address, () -> {
            if (options.multicastGroup().isPresent()) {
                socket.shareAddress();
            }
            socket.bind(ip, address.socket().getPort());
            return socket.boundTo().getPort();
        });
        if (options.multicastGroup().isPresent()) {
            InetAddress group = options.multicastGroup().get();
            step("join multicast group " + group.getHostAddress(), () -> {
                socket.join(group, interfaceIndex(group, options));
                return group;
            });
        }
        return new ControlSocket(socket, Address.inet(ip, port), Optional.empty());
    }

    /** 0 if neither the group nor the options name an interface. */
    private static int interfaceIndex(InetAddress group, ControlOptions options) throws IOException {
        if (group instanceof Inet6Address scoped && scoped.getScopeId() != 0) {
            return scoped.getScopeId();
        }
        if (options.networkInterface().isEmpty()) {
            return 0;
        }
        NetworkInterface found = NetworkInterface.getByName(options.networkInterface().get());
        if (found == null) {
            throw new IOException("No such interface: " + options.networkInterface().get());
        }
        return found.getIndex();
    }

    private static ControlSocket bindFile(MessageSocket socket, Address address, Path path, ControlOptions options)
            throws IOException {
        SocketFile.makeRoom(path);
        socket.bind(bytes(path.toString()));
        try {
            SocketFile file = SocketFile.of(path);
            if (options.allow().isPresent()) {
                file.openToEveryone();
            }
            return new ControlSocket(socket, address, Optional.of(file));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(path);
            throw e;
        }
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    private static <T> T step(String what, Step<T> step) throws IOException {
        try {
            return step.take();
        } catch (IOException | RuntimeException e) {
            throw new IOException("Failed to " + what + ": " + ErrorText.of(e), e);
        }
    }
}
