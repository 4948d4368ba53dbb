package dev.myproxy.peers;

import io.github.nettyplus.leakdetector.junit.NettyLeakDetectorExtension;
import io.netty.util.ResourceLeakDetector;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class that loses buffers. JUnit applies it to every class of this module and of those that use its tests. A class that
 * runs beside may have switched the detector off for a client that loses buffers; what ends meanwhile is not judged.
 */
public final class LeakCheck extends NettyLeakDetectorExtension {

    public LeakCheck() {
        super(false, false, false, true);
    }

    @Override
    public void afterAll(ExtensionContext context) throws Exception {
        if (ResourceLeakDetector.isEnabled()) {
            super.afterAll(context);
        }
    }
}
