package dev.myproxy.dist.log;

import dev.myproxy.dist.log.LineWriter.Target;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Two streams, by {@link Priority#target}. They may be one file: before something goes to one of them the other is flushed. The
 * daemon goes on without a log that can't be written.
 */
final class StreamSink implements Sink {

    private final OutputStream out;
    private final OutputStream err;
    private final Form outForm;
    private final Form errForm;
    private Target last = Target.OUT;

    StreamSink(OutputStream out, Form outForm, OutputStream err, Form errForm) {
        this.out = new BufferedOutputStream(out);
        this.outForm = outForm;
        this.err = new BufferedOutputStream(err);
        this.errForm = errForm;
    }

    @Override
    public boolean write(Entry entry) {
        Target target = entry.priority().target();
        if (target != last) {
            flush(last);
            last = target;
        }
        try {
            stream(target).write((target == Target.OUT ? outForm : errForm).render(entry));
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public boolean flush() {
        boolean flushed = flush(Target.OUT);
        return flush(Target.ERR) && flushed;
    }

    private boolean flush(Target target) {
        try {
            stream(target).flush();
            return true;
        } catch (IOException _) {
            return false;
        }
    }

    private OutputStream stream(Target target) {
        return target == Target.OUT ? out : err;
    }
}
