package dev.myproxy.lua.testing;

import dev.myproxy.protocol.ByteString;
import java.nio.file.Path;

/** Told how the tests get on, as they run, on the thread that runs them. */
public interface TestListener {

    /** The cases of a file are about to run. */
    void begins(Path file);

    /** A case has ended. */
    void ended(CaseResult result);

    /** All of a file has ended. */
    void ended(FileResult result);

    /** The test file itself printed a line. */
    void printed(ByteString line);
}
