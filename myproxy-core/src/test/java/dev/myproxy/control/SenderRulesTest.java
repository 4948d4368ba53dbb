package dev.myproxy.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SenderRulesTest {

    private static Sender host(String ip) {
        return new Sender.Host(InetAddress.ofLiteral(ip));
    }

    private static Sender process(long uid, long gid) {
        return new Sender.LocalProcess(4711, uid, gid);
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
                           10.0.0.0/8,            10.255.0.1,       true
                           10.0.0.0/8,            11.0.0.1,         false
                           10.0.0.0/8,            ::ffff:10.0.0.1,  true
                           10.0.0.0/8,            a00::1,           false
                           192.0.2.128/25,        192.0.2.255,      true
                           192.0.2.128/25,        192.0.2.127,      false
                           192.0.2.7,             192.0.2.7,        true
                           192.0.2.7,             192.0.2.8,        false
                           0.0.0.0/0,             203.0.113.9,      true
                           0.0.0.0/0,             ::1,              false
                           ::/0,                  2001:db8::1,      true
                           ::/0,                  192.0.2.7,        false
                           fd00::/8,              fdff::1,          true
                           fd00::/8,              fc00::1,          false
                           2001:db8::7,           2001:db8::7,      true
                           2001:db8::/33,         2001:db8:7fff::1, true
                           2001:db8::/33,         2001:db8:8000::1, false
                           ::ffff:10.0.0.0/104,   10.1.2.3,         true
                           ::ffff:10.0.0.0/104,   11.1.2.3,         false
                           ::ffff:0:0/96,         198.51.100.1,     true
                           ::ffff:192.0.2.7,      192.0.2.7,        true
                           """)
    void networksIncludeTheirHosts(String rule, String ip, boolean included) {
        assertThat(SenderRules.parse(rule).includes(host(ip))).isEqualTo(included);
        assertThat(SenderRules.parse(rule).includes(process(0, 0))).isFalse();
    }

    @Test
    void usersAndGroupsIncludeTheirProcesses() {
        assertThat(SenderRules.parse("unix:uid=1000").includes(process(1000, 1))).isTrue();
        assertThat(SenderRules.parse("unix:uid=1000").includes(process(1, 1000))).isFalse();
        assertThat(SenderRules.parse("unix:gid=33").includes(process(1, 33))).isTrue();
        assertThat(SenderRules.parse("unix:gid=33").includes(process(33, 1))).isFalse();
        assertThat(SenderRules.parse("unix:uid=4294967294").includes(process(4294967294L, 0))).isTrue();
        assertThat(SenderRules.parse("unix:any").includes(process(65_534, 65_534))).isTrue();
        assertThat(Stream.of("unix:any", "unix:uid=0", "unix:gid=0").map(SenderRules::parse))
                .noneMatch(rule -> rule.includes(host("127.0.0.1")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                                            ''                  | names no senders; write 'unix:uid=0', 'unix:gid=0', 'unix:any', '10.0.0.0/8' or 'fd00::/8'
                                            localhost           | names no senders
                                            unix                | names no senders
                                            unix:               | names no senders
                                            unix:root           | names no senders
                                            unix:uid=root       | names no senders
                                            unix:uid=-1         | names no senders
                                            unix:uid=4294967295 | there are no numbers above 4294967294
                                            10.0.0.0/33         | an IPv4 address has 32 bits
                                            10.0.0/8            | names no senders
                                            10.0.0.0/           | names no senders
                                            10.0.0.0/-1         | names no senders
                                            256.0.0.1           | names no senders
                                            10.0.0.1:5478       | names no senders
                                            ::1/129             | an IPv6 address has 128 bits
                                            ::ffff:10.0.0.0/8   | write IPv4 networks as "10.0.0.0/8"
                                            fe80::1%lo          | names no senders
                                            10.1.2.3/8          | is no network; write "10.0.0.0/8" for the network, or "10.1.2.3" for the host
                                            *                   | names no senders
                                            """)
    void mistakesAreExplained(String text, String message) {
        assertThatThrownBy(() -> SenderRules.parse(text)).isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("\"" + text + "\"").hasMessageContaining(message);
    }

    @Test
    void usuallyRootAndTheDaemonAndThisMachineMaySend() {
        AllowedSenders usual = AllowedSenders.of(ControlOptions.DEFAULT, 105);

        assertThat(Stream.of(process(0, 0), process(105, 7), host("127.0.0.1"), host("127.8.9.1"), host("::1"),
                host("::ffff:127.0.0.1"))).allMatch(usual::permits);
        assertThat(Stream.of(process(1, 0), process(65_534, 105), host("192.0.2.1"), host("2001:db8::1"),
                host("::"), host("0.0.0.0"))).noneMatch(usual::permits);
        assertThat(usual).hasToString("127.0.0.0/8, ::1/128, unix:uid=0, unix:uid=105");
    }

    @Test
    void rulesOfTheConfigurationReplaceTheUsualOnes() {
        AllowedSenders allowed = AllowedSenders.of(new ControlOptions(Optional.empty(), Optional.empty(),
                Optional.of(List.of(SenderRules.parse("unix:uid=7"), SenderRules.parse("10.0.0.0/8")))), 105);

        assertThat(Stream.of(process(7, 0), host("10.0.0.1"))).allMatch(allowed::permits);
        assertThat(Stream.of(process(0, 0), process(105, 0), host("127.0.0.1"))).noneMatch(allowed::permits);
    }
}
