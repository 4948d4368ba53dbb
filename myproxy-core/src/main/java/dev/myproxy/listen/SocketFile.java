package dev.myproxy.listen;

import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * The file of a Unix socket that listens.
 *
 * @param key names the file itself (device and inode), whatever its path may stand for later
 */
public record SocketFile(Path path, Object key) {

    private static final String IN_USE = "Address already in use";
    private static final int FILE_TYPE = 0170000;
    private static final int SOCKET_TYPE = 0140000;

    /** The file that a socket was just bound to. */
    public static SocketFile of(Path path) throws IOException {
        return new SocketFile(path, key(path));
    }

    /** Deletes what a process that is gone has left at a path. Fails if there is anything else. */
    public static void makeRoom(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        int mode = (Integer) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS);
        if ((mode & FILE_TYPE) != SOCKET_TYPE) {
            throw new IOException("The file exists and is not a socket");
        }
        if (hasOwner(path)) {
            throw new IOException(IN_USE);
        }
        Files.deleteIfExists(path);
    }

    /** Fails if there is anything at a path. */
    public static void expectRoom(Path path) throws IOException {
        if (Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            throw new IOException(IN_USE);
        }
    }

    /** Sets its permissions, 0 to 0777. */
    void setMode(int mode) throws IOException {
        Files.setAttribute(path, "unix:mode", mode);
    }

    /** Lets every user connect. */
    public void openToEveryone() throws IOException {
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rw-rw-rw-"));
    }

    /** Deletes the file unless the path is somebody else's by now. */
    public void remove() throws IOException {
        try {
            if (key(path).equals(key)) {
                Files.deleteIfExists(path);
            }
        } catch (NoSuchFileException _) {
            // Somebody has tidied up.
        }
    }

    private static Object key(Path path) throws IOException {
        return Objects.requireNonNull(
                Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS).fileKey());
    }

    /** Only a refused connection proves that no process has the socket: a busy one, or one of another type, fails otherwise. */
    private static boolean hasOwner(Path path) throws IOException {
        try (SocketChannel probe = SocketChannel.open(StandardProtocolFamily.UNIX)) {
            probe.configureBlocking(false);
            probe.connect(UnixDomainSocketAddress.of(path));
            return true;
        } catch (ConnectException _) {
            return false;
        } catch (SocketException _) {
            // Nobody can be asked through a file that may not be written to.
            if (!Files.isWritable(path)) {
                throw new IOException("Permission denied");
            }
            return true;
        }
    }
}
