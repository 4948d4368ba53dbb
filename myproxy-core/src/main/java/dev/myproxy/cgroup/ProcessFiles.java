package dev.myproxy.cgroup;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the kernel says of processes.
 *
 * @param proc where procfs is mounted
 */
record ProcessFiles(Path proc) {

    private static final String EXITED = "Client process has already exited";

    /** The group of a process that holds still, because somebody has a pidfd of it: no other can get its number. */
    Optional<CgroupPath> cgroup(int pid, int pidfd) throws IOException {
        verify(pid, pidfd);
        Optional<CgroupPath> group = cgroup(pid);
        // While it was read, the process may have ended, and the file have been another one's.
        verify(pid, pidfd);
        return group;
    }

    /** The group of the process that has this number now. */
    Optional<CgroupPath> cgroup(int pid) throws IOException {
        return CgroupPath.ofProcess(read(proc.resolve(Integer.toString(pid)).resolve("cgroup")));
    }

    Optional<Hierarchy> hierarchy() throws IOException {
        return Hierarchy.find(proc.resolve("self").resolve("mountinfo"));
    }

    private void verify(int pid, int pidfd) throws IOException {
        Path file = proc.resolve("self").resolve("fdinfo").resolve(Integer.toString(pidfd));
        OptionalInt seen = read(file).lines().filter(line -> line.startsWith("Pid:"))
                .mapToInt(line -> Integer.parseInt(line.substring("Pid:".length()).trim())).findFirst();
        if (seen.isEmpty() || seen.getAsInt() == -1) {
            throw new IOException(EXITED);
        }
        if (seen.getAsInt() != pid) {
            throw new IOException("PID mismatch");
        }
    }

    static IOException exited() {
        return new IOException(EXITED);
    }

    private static String read(Path file) throws IOException {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new IOException("Failed to open " + file + ": " + reason(e), e);
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "No such file or directory";
            case AccessDeniedException _ -> "Permission denied";
            case FileSystemException e when e.getReason() != null -> e.getReason();
            default -> Objects.requireNonNullElse(failure.getMessage(), failure.toString());
        };
    }
}
