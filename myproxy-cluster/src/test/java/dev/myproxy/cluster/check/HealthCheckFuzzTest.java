package dev.myproxy.cluster.check;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.myproxy.cluster.CheckSettings;
import dev.myproxy.peers.Hostile;
import dev.myproxy.protocol.ByteString;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whatever a server answers to a health check, there is one finding, and nothing is kept. */
class HealthCheckFuzzTest {

    private static final CheckSettings ALL = new CheckSettings(Checks.LOGIN.login(), true,
            Checks.query("SELECT 1").query(), Optional.of(Duration.ofSeconds(10)), true, true,
            Checks.LOGIN.timeout());
    private static final CheckSettings READ_ONLY = Checks.readOnly();

    /** Payloads, each behind a byte with its length. */
    @FuzzTest
    void answer(byte[] input) {
        Hostile.read(input.length, () -> {
            AnswerReader reader = new AnswerReader();
            ByteBuf rest = Unpooled.wrappedBuffer(input);
            Optional<Answer> answer = Optional.empty();
            while (rest.isReadable() && answer.isEmpty()) {
                int length = rest.readUnsignedByte();
                answer = reader.next(rest.readSlice(Math.min(length, rest.readableBytes())));
            }
            return answer;
        });
    }

    /** The first byte chooses what is asked, the second one how the stream is cut. */
    @FuzzTest
    void interview(byte[] input) {
        if (input.length < 2) {
            return;
        }
        CheckSettings settings = (input[0] & 1) == 0 ? ALL : READ_ONLY;
        UnpooledByteBufAllocator allocator = new UnpooledByteBufAllocator(false, true);
        List<Finding> found = new ArrayList<>();
        Interview[] self = new Interview[1];
        Interview interview = new Interview(
                Questions.of(settings, ByteString.of((input[0] & 2) == 0 ? "8.0.36" : "11.4.5-MariaDB"),
                        Optional.empty()),
                _ -> {}, finding -> {
                    found.add(finding);
                    self[0].leave();
                });
        self[0] = interview;
        EmbeddedChannel channel = new EmbeddedChannel();
        channel.config().setAllocator(allocator);
        channel.pipeline().addLast(interview);
        interview.begin();
        int most = Math.max(1, input[1] & 0xff);
        for (int at = 2; at < input.length; at += most) {
            int length = Math.min(most, input.length - at);
            if (channel.isOpen()) {
                channel.writeInbound(allocator.heapBuffer(length).writeBytes(input, at, length));
            }
        }
        channel.finishAndReleaseAll();
        assertThat(found).hasSize(1);
        assertThat(allocator.metric().usedHeapMemory() + allocator.metric().usedDirectMemory()).isZero();
    }
}
