package dev.myproxy.peers;

import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;

/** Fails a test class that loses buffers. JUnit applies it to every class of this module. */
public final class LeakCheck extends NettyLeakDetectorExtension {

    public LeakCheck() {
        super(false, false, false, true);
    }
}
