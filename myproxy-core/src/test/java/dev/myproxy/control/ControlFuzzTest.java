package dev.myproxy.control;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.peers.Hostile;

/** A datagram is good as a whole or bad as a whole; one of known commands that is written again says the same. */
class ControlFuzzTest {

    @FuzzTest
    void datagram(byte[] input) {
        ReceivedDatagram read = Hostile.read(input.length, () -> ReceivedDatagram.read(input)).orElseThrow();
        switch (read) {
            case ReceivedDatagram.Commands commands -> {
                if (commands.all().stream().allMatch(command -> command.command().isPresent())) {
                    ControlDatagram again = new ControlDatagram();
                    commands.all().forEach(command -> assertThat(
                            again.add(command.command().orElseThrow(), command.payload())).isTrue());
                    assertThat(again.toBytes().length()).isEqualTo(input.length);
                    assertThat(ReceivedDatagram.read(again.toBytes().toByteArray())).isEqualTo(commands);
                }
            }
            case ReceivedDatagram.Malformed malformed -> assertThat(malformed.text()).isNotEmpty();
        }
    }
}
