package dev.myproxy.lua.luaj.std;

import dev.myproxy.posix.Environment;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Optional;

/** A file that is not on disk: the process's standard streams, or one end of another process. */
final class PipeFile implements LuaFile {

    private final InputStream input;
    private final OutputStream output;
    private final Optional<Process> process;

    private PipeFile(InputStream input, OutputStream output, Optional<Process> process) {
        this.input = new BufferedInputStream(input);
        this.output = new BufferedOutputStream(output);
        this.process = process;
    }

    static PipeFile reading(InputStream input) {
        return new PipeFile(input, new Broken(), Optional.empty());
    }

    static PipeFile writing(OutputStream output) {
        return new PipeFile(InputStream.nullInputStream(), output, Optional.empty());
    }

    /** Runs a command in a shell; its standard output is read, or its standard input written. */
    static PipeFile command(String command, boolean read, Path directory) throws IOException {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", "-c", command)
                .redirectError(ProcessBuilder.Redirect.INHERIT);
        Environment.apply(builder);
        if (!directory.toString().isEmpty()) {
            builder.directory(directory.toFile());
        }
        if (read) {
            Process process = builder.redirectInput(ProcessBuilder.Redirect.INHERIT).start();
            return new PipeFile(process.getInputStream(), new Broken(), Optional.of(process));
        }
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.INHERIT).start();
        return new PipeFile(InputStream.nullInputStream(), process.getOutputStream(), Optional.of(process));
    }

    @Override
    public int peek() throws IOException {
        input.mark(1);
        int value = input.read();
        input.reset();
        return value;
    }

    @Override
    public void skip() {
        try {
            input.read();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        output.write(bytes, offset, length);
        if (process.isEmpty()) {
            output.flush();
        }
    }

    @Override
    public void flush() throws IOException {
        output.flush();
    }

    @Override
    public long seek(String whence, long offset) throws IOException {
        throw new IOException("Illegal seek");
    }

    /** Waits for the end of the other process, if it is one. */
    @Override
    public void close() throws IOException {
        output.flush();
        if (process.isEmpty()) {
            return;
        }
        output.close();
        input.close();
        try {
            process.get().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted system call", e);
        }
    }

    private static final class Broken extends OutputStream {
        @Override
        public void write(int value) throws IOException {
            throw new IOException("Bad file descriptor");
        }
    }
}
