package dev.myproxy.backend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import dev.myproxy.protocol.ErrPacket;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServerErrorsTest {

    @ParameterizedTest
    @CsvSource({"1040,08004", "1043,08S01", "1045,28000", "1129,HY000", "1130,HY000", "1203,42000"})
    void sqlStateIsCompletedFromTheCode(int code, String sqlState) {
        ErrPacket error = new ErrPacket(code, Optional.empty(), ByteString.of("no"));

        assertThat(ServerErrors.withSqlState(error)).isEqualTo(ErrPacket.of(code, sqlState, ByteString.of("no")));
    }

    @Test
    void sqlStateOfTheServerStays() {
        ErrPacket error = ErrPacket.of(1040, "42S02", ByteString.of("no"));

        assertThat(ServerErrors.withSqlState(error)).isSameAs(error);
    }
}
