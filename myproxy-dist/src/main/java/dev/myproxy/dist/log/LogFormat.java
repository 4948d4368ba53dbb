package dev.myproxy.dist.log;

import dev.myproxy.dist.log.LineWriter.Target;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** In which form this process writes its log. */
public enum LogFormat {

    /** Lines without decoration, but with their priority if the journal reads them. */
    TEXT,
    /** Lines that are JSON objects. */
    JSON,
    /** Entries with fields, to the journal. */
    JOURNAL;

    /** The format of a name; empty if there is none. */
    public static Optional<LogFormat> of(String name) {
        return Arrays.stream(values()).filter(format -> format.label().equals(name)).findAny();
    }

    /** Its name on the command line. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** From now on this process writes its log like this. */
    public void use() {
        LineWriter.standard().use(sink());
    }

    /** A sink of this format on stdout and stderr, and on the journal if that is where it writes. */
    Sink sink() {
        return switch (this) {
            case TEXT -> new StreamSink(stream(FileDescriptor.out), text(Target.OUT), stream(FileDescriptor.err),
                    text(Target.ERR));
            case JSON -> {
                Form json = new JsonForm();
                yield new StreamSink(stream(FileDescriptor.out), json, stream(FileDescriptor.err), json);
            }
            case JOURNAL -> new JournalSink(JournalSink.SOCKET, JournalSink.PATIENCE, onlyStderr());
        };
    }

    private static Sink onlyStderr() {
        return new StreamSink(stream(FileDescriptor.err), text(Target.ERR), stream(FileDescriptor.err),
                text(Target.ERR));
    }

    private static FileOutputStream stream(FileDescriptor descriptor) {
        return new FileOutputStream(descriptor);
    }

    private static Form text(Target target) {
        Path file = Path.of(target == Target.OUT ? "/proc/self/fd/1" : "/proc/self/fd/2");
        return new TextForm(JournalStream.read(Optional.ofNullable(System.getenv("JOURNAL_STREAM")))
                .filter(stream -> stream.is(file)).isPresent());
    }
}
