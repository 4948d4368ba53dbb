package dev.myproxy.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.control.ReceivedDatagram.Commands;
import dev.myproxy.control.ReceivedDatagram.Defect;
import dev.myproxy.control.ReceivedDatagram.Malformed;
import dev.myproxy.protocol.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReceivedDatagramTest {

    private static ReceivedDatagram read(String hex) {
        return ReceivedDatagram.read(HexFormat.of().parseHex(hex.replace(" ", "")));
    }

    private static ReceivedCommand disconnect(String account) {
        return new ReceivedCommand(Optional.of(ControlCommand.DISCONNECT_DATABASE), ByteString.of(account));
    }

    @Test
    void commandsComeInOrder() {
        assertThat(read("63046101  0004 0014 61636374  0000 0000  0001 ffff 61000000  0003 0014 626f6200"))
                .isEqualTo(new Commands(List.of(disconnect("acct"),
                        new ReceivedCommand(Optional.of(ControlCommand.NOP), ByteString.EMPTY),
                        new ReceivedCommand(Optional.empty(), ByteString.of("a")), disconnect("bob"))));
    }

    @Test
    void thereMayBeNone() {
        assertThat(read("63046101")).isEqualTo(new Commands(List.of()));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', nullValues = "-", textBlock = """
                                                              ''                         | WRONG_MAGIC     | wrong magic
                                                              630461                     | WRONG_MAGIC     | wrong magic
                                                              63046100 0000 0000         | WRONG_MAGIC     | wrong magic
                                                              01610463                   | WRONG_MAGIC     | wrong magic
                                                              63046101 00                | ODD_LENGTH      | odd control packet (length=1)
                                                              63046101 0003 0014 616263  | ODD_LENGTH      | odd control packet (length=7)
                                                              63046101 0005 0014 61626364| PARTIAL_PAYLOAD | partial payload (length=4, expected=5)
                                                              63046101 ffff 0014         | PARTIAL_PAYLOAD | partial payload (length=0, expected=65535)
                                                              """)
    void saysWhatIsWrong(String hex, Defect defect, String text) {
        assertThat(read(hex)).isEqualTo(new Malformed(defect, text));
    }

    @Test
    void goodCommandsBeforeAMistakeDoNotCount() {
        assertThat(read("63046101  0004 0014 61636374  0008 0014 61626364"))
                .isEqualTo(new Malformed(Defect.PARTIAL_PAYLOAD, "partial payload (length=4, expected=8)"));
    }

    @Test
    void theLargestDatagramIsReadWhole() {
        ControlDatagram datagram = new ControlDatagram();
        String account = "x".repeat(65_000);
        datagram.add(ControlCommand.DISCONNECT_DATABASE, ByteString.of(account));
        datagram.add(ControlCommand.DISCONNECT_DATABASE, ByteString.of("y".repeat(492)));

        assertThat(ReceivedDatagram.read(datagram.toBytes().toByteArray()))
                .isEqualTo(new Commands(List.of(disconnect(account), disconnect("y".repeat(492)))));
        assertThat(ReceivedDatagram.read(new byte[ControlDatagram.LARGEST + 1]))
                .isEqualTo(new Malformed(Defect.TOO_LONG, "longer than 65507 bytes"));
    }

    @Test
    void whatWasWrittenIsRead() {
        Random random = new Random(1);
        for (int round = 0; round < 2_000; round++) {
            List<ReceivedCommand> commands = commands(random);

            assertThat(ReceivedDatagram.read(written(commands))).isEqualTo(new Commands(commands));
        }
    }

    @Test
    void everyOtherLengthIsRefused() {
        Random random = new Random(2);
        for (int round = 0; round < 200; round++) {
            byte[] whole = written(commands(random));
            for (int length = 0; length < whole.length; length++) {
                ReceivedDatagram cut = ReceivedDatagram.read(Arrays.copyOf(whole, length));
                if (cut instanceof Commands(List<ReceivedCommand> some)) {
                    // cut exactly between two commands
                    assertThat(written(some)).isEqualTo(Arrays.copyOf(whole, length));
                }
            }
        }
    }

    @Test
    void noBytesBreakIt() {
        Random random = new Random(3);
        int good = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = written(commands(random));
            for (int flips = random.nextInt(4); flips > 0; flips--) {
                bytes[4 + random.nextInt(bytes.length - 4)] = (byte) random.nextInt();
            }
            if (ReceivedDatagram.read(bytes) instanceof Commands(List<ReceivedCommand> all)) {
                good++;
                assertThat(all.stream().mapToInt(c -> 4 + c.payload().length()
                        + ControlDatagram.padding(c.payload().length())).sum()).isEqualTo(bytes.length - 4);
            }
        }
        assertThat(good).isBetween(1, 19_999);
    }

    private static List<ReceivedCommand> commands(Random random) {
        List<ReceivedCommand> commands = new ArrayList<>();
        ControlCommand[] all = ControlCommand.values();
        for (int n = 1 + random.nextInt(5); n > 0; n--) {
            byte[] payload = new byte[random.nextInt(20)];
            random.nextBytes(payload);
            commands.add(new ReceivedCommand(Optional.of(all[random.nextInt(all.length)]), ByteString.copyOf(payload)));
        }
        return commands;
    }

    private static byte[] written(List<ReceivedCommand> commands) {
        ControlDatagram datagram = new ControlDatagram();
        commands.forEach(c -> assertThat(datagram.add(c.command().orElseThrow(), c.payload())).isTrue());
        return datagram.toBytes().toByteArray();
    }
}
