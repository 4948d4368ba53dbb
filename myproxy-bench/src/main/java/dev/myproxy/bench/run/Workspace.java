package dev.myproxy.bench.run;

import dev.myproxy.bench.server.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A temporary directory, and all processes that this one has started: both are gone at the end, and after Ctrl-C. */
final class Workspace implements AutoCloseable {

    private static final int TRIES = 100;

    private final Path directory = Files.createTempDirectory("myproxy-bench-");
    private final Thread atExit = new Thread(() -> {
        try {
            clear();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }, "clean up");
    private volatile boolean closing;

    Workspace() throws IOException {
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    Path directory() {
        return directory;
    }

    /** Whether what fails now does so because everything is being ended. */
    boolean isClosing() {
        return closing;
    }

    /** After Ctrl-C the measurements go on meanwhile, and may start or write something more. */
    private synchronized void clear() throws IOException {
        closing = true;
        for (int tries = 1;; tries++) {
            List<ProcessHandle> started = ProcessHandle.current().descendants().toList();
            started.forEach(ProcessHandle::destroyForcibly);
            started.forEach(process -> process.onExit().join());
            try {
                Directories.delete(directory);
                return;
            } catch (DirectoryNotEmptyException | NoSuchFileException e) {
                if (tries == TRIES) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        clear();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // it is running already, and finds nothing to do
        }
    }
}
