package dev.myproxy.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import org.junit.jupiter.api.Test;

/** The conversations of the benchmarks are ones that end: else they would measure how a session gets stuck. */
class TrafficTest {

    private final Scanners scanners = new Scanners();

    private void isAnswered(ByteBuf command, ByteBuf response) {
        assertThat(scanners.commands.scan(command)).isEqualTo(command.readableBytes());
        assertThat(scanners.tracker.idle()).isFalse();
        scanners.responses.scan(response);
        assertThat(scanners.tracker.idle()).isTrue();
        assertThat(scanners.tracker.errors()).isZero();
    }

    @Test
    void commandsAreAnswered() {
        isAnswered(Traffic.ping(), Traffic.ok());
        isAnswered(Traffic.pointSelect(), Traffic.textResult(1));
        isAnswered(Traffic.pointSelect(), Traffic.textResult(1000));
        isAnswered(Traffic.execute(), Traffic.binaryResult(1));
        assertThat(scanners.tracker.queries()).isEqualTo(3);
    }
}
