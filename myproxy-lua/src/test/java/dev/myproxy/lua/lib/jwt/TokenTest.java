package dev.myproxy.lua.lib.jwt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TokenTest {

    /** The parts of the example of RFC 7515, appendix A.1. */
    private static final String HEADER = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9";
    private static final String PAYLOAD = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
    private static final String SIGNATURE = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

    @Test
    void isTakenApartAndJoinedAgain() {
        ByteString text = ByteString.of(HEADER + "." + PAYLOAD + "." + SIGNATURE);

        Token token = Token.parse(text).orElseThrow();

        assertThat(token.header()).isEqualTo(ByteString.of("{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}"));
        assertThat(token.payload()).isEqualTo(ByteString
                .of("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}"));
        assertThat(token.signed()).isEqualTo(ByteString.of(HEADER + "." + PAYLOAD));
        assertThat(token.signature().length()).isEqualTo(32);
        assertThat(Token.unsigned(token.header(), token.payload())).isEqualTo(token.signed());
        assertThat(Token.join(token.signed(), token.signature())).isEqualTo(text);
    }

    @Test
    void partsMayBeEmpty() {
        assertThat(Token.parse(ByteString.of(".."))).get().extracting(Token::header, Token::signature)
                .containsOnly(ByteString.EMPTY);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "YQ.YQ", "YQ.YQ.YQ.YQ", "YQ==.YQ.YQ", "YR.YQ.YQ", "Y.YQ.YQ", "YQ.Y Q.YQ",
            "YQ.YQ.YQ\n",
            "+/.YQ.YQ", "\u00e4.YQ.YQ"})
    void otherTextsAreNone(String text) {
        assertThat(Token.parse(ByteString.of(text))).isEqualTo(Optional.empty());
    }
}
