package dev.myproxy.session;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/**
 * A whole session between two peers that may send anything, with a script that may do anything it can: nobody hangs, nothing
 * is lost, and what passes is what was sent. {@link SessionInput} says how an input is read, {@link FuzzedSession} what must
 * hold.
 */
class SessionFuzzTest {

    private static ScriptedProxy proxy;
    private static Complaints complaints;

    @BeforeAll
    static void start() {
        complaints = Complaints.collect();
        proxy = new ScriptedProxy();
    }

    @AfterAll
    static void stop() {
        proxy.close();
        complaints.close();
    }

    @FuzzTest
    void session(byte[] input) {
        new FuzzedSession(proxy, SessionInput.of(input)).run();
        complaints.check();
    }
}
