package dev.myproxy.lua.luaj.std;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** A file on disk, buffered for reading or for writing, whichever was last. */
final class DiskFile implements LuaFile {

    private static final int BUFFER_BYTES = 8192;

    private final FileChannel channel;
    private final boolean readable;
    private final boolean writable;
    private final ByteBuffer input = ByteBuffer.allocate(BUFFER_BYTES).limit(0);
    private final ByteBuffer output = ByteBuffer.allocate(BUFFER_BYTES);

    private DiskFile(FileChannel channel, boolean readable, boolean writable) {
        this.channel = channel;
        this.readable = readable;
        this.writable = writable;
    }

    /**
     * Opens a file.
     *
     * @param mode as {@code fopen} takes it: {@code r}, {@code w+}, {@code ab} …
     */
    static DiskFile open(Path file, String mode, OpenOption... more) throws IOException {
        boolean both = mode.indexOf('+') >= 0;
        char kind = mode.charAt(0);
        boolean readable = kind == 'r' || both;
        boolean writable = kind != 'r' || both;
        Set<OpenOption> options = new java.util.HashSet<>(Set.of(more));
        if (readable && !(kind == 'a')) {
            options.add(StandardOpenOption.READ);
        }
        if (kind == 'a') {
            options.add(both ? StandardOpenOption.WRITE : StandardOpenOption.APPEND);
            if (both) {
                options.add(StandardOpenOption.READ);
            }
        } else if (writable) {
            options.add(StandardOpenOption.WRITE);
        }
        if (kind != 'r') {
            options.add(StandardOpenOption.CREATE);
        }
        if (kind == 'w') {
            options.add(StandardOpenOption.TRUNCATE_EXISTING);
        }
        FileChannel channel = FileChannel.open(file, options);
        if (kind == 'a') {
            channel.position(channel.size());
        }
        return new DiskFile(channel, readable, writable);
    }

    @Override
    public int peek() throws IOException {
        if (!readable) {
            throw new IOException("Bad file descriptor");
        }
        if (!input.hasRemaining()) {
            flush();
            input.clear();
            int count = channel.read(input);
            input.flip();
            if (count <= 0) {
                return -1;
            }
        }
        return input.get(input.position()) & 0xff;
    }

    @Override
    public void skip() {
        input.get();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (!writable) {
            throw new IOException("Bad file descriptor");
        }
        forgetInput();
        if (length > output.remaining()) {
            flush();
        }
        if (length > output.capacity()) {
            writeAll(ByteBuffer.wrap(bytes, offset, length));
        } else {
            output.put(bytes, offset, length);
        }
    }

    private void writeAll(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private void forgetInput() throws IOException {
        if (input.hasRemaining()) {
            channel.position(channel.position() - input.remaining());
            input.position(input.limit());
        }
    }

    @Override
    public void flush() throws IOException {
        if (output.position() > 0) {
            writeAll(output.flip());
            output.clear();
        }
    }

    @Override
    public long seek(String whence, long offset) throws IOException {
        flush();
        forgetInput();
        long base = switch (whence) {
            case "set" -> 0;
            case "cur" -> channel.position();
            default -> channel.size();
        };
        if (base + offset < 0) {
            throw new IOException("Invalid argument");
        }
        channel.position(base + offset);
        return base + offset;
    }

    @Override
    public void close() throws IOException {
        try (channel) {
            flush();
        }
    }
}
