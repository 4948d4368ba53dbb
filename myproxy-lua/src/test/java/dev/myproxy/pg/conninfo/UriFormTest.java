package dev.myproxy.pg.conninfo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UriFormTest {

    private static String all(Given given) {
        StringBuilder text = new StringBuilder();
        for (Keyword keyword : Keyword.values()) {
            given.get(keyword).ifPresent(value -> text.append(keyword.text).append('=').append(value).append(' '));
        }
        return text.toString().strip();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  postgresql://                         | ``
                                                                  postgres://                           | ``
                                                                  postgresql://db                       | host=db
                                                                  postgresql://db:6543                  | host=db port=6543
                                                                  postgresql://:6543                    | port=6543
                                                                  postgresql://db/shop                  | dbname=shop host=db
                                                                  postgresql:///shop                    | dbname=shop
                                                                  postgresql://joe@db                   | user=joe host=db
                                                                  postgresql://joe:geheim@db/shop       | user=joe password=geheim dbname=shop host=db
                                                                  postgresql://joe:@db                  | user=joe host=db
                                                                  postgresql://:geheim@db               | password=geheim host=db
                                                                  postgresql://joe:a:b@db               | user=joe password=a:b host=db
                                                                  postgresql://joe:ge%40%2f%3Aheim@db   | user=joe password=ge@/:heim host=db
                                                                  postgresql://j%C3%BCrgen@db           | user=jürgen host=db
                                                                  postgresql://[::1]:6543/shop          | dbname=shop host=::1 port=6543
                                                                  postgresql://[::1]                    | host=::1
                                                                  postgresql://a,b:2,[::1]:3/shop       | dbname=shop host=a,b,::1 port=,2,3
                                                                  postgresql://a,b                      | host=a,b port=,
                                                                  postgresql://%2Fvar%2Frun:7/shop      | dbname=shop host=/var/run port=7
                                                                  postgresql:///shop?host=/var/run      | dbname=shop host=/var/run
                                                                  postgresql://db?sslmode=require       | host=db sslmode=require
                                                                  postgresql://db/?user=joe&port=7      | user=joe host=db port=7
                                                                  postgresql://db/a/b                   | dbname=a/b host=db
                                                                  postgresql://db/shop%20two            | dbname=shop two host=db
                                                                  postgresql://db?options=-c%20geqo%3Doff | host=db options=-c geqo=off
                                                                  postgresql://db?application_name=a+b  | host=db application_name=a+b
                                                                  postgresql://db?ssl=true              | host=db sslmode=require
                                                                  postgresql://db?%68ost=other          | host=other
                                                                  postgresql://db?user=joe&             | user=joe host=db
                                                                  postgresql://db:7/a@b?user=joe@home   | user=joe@home dbname=a@b host=db port=7
                                                                  """)
    void theSameOptionsComeOut(String uri, String options) throws Exception {
        assertThat(all(UriForm.parse(uri))).isEqualTo(options);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  postgresql://[::1      | end of string reached when looking for matching "]" in IPv6 host address in URI: "postgresql://[::1"
                                                                  postgresql://[]        | IPv6 host address may not be empty in URI: "postgresql://[]"
                                                                  postgresql://[::1]x    | unexpected character "x" at position 19 in URI (expected ":" or "/"): "postgresql://[::1]x"
                                                                  postgresql://db?foo    | missing key/value separator "=" in URI query parameter: "foo"
                                                                  postgresql://db?a=b=c  | extra key/value separator "=" in URI query parameter: "a"
                                                                  postgresql://db?foo=1  | invalid URI query parameter: "foo"
                                                                  postgresql://db?prot=1 | invalid URI query parameter: "prot"; did you mean "port"?
                                                                  postgresql://db?ssl=1  | invalid URI query parameter: "ssl"; did you mean "sslmode"?
                                                                  postgresql://%zz       | invalid percent-encoded token: "%zz"
                                                                  postgresql://db/a%2    | invalid percent-encoded token: "a%2"
                                                                  postgresql://db/a%00b  | forbidden value %00 in percent-encoded value: "a%00b"
                                                                  postgresql://db/a%FFb  | percent-encoded value is not valid UTF-8: "a%FFb"
                                                                  """)
    void mistakesAreSaidInTheWordsOfLibpq(String uri, String message) {
        assertThatThrownBy(() -> UriForm.parse(uri)).isInstanceOf(ConninfoException.class).hasMessage(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                                                                  postgresql://joe:geheim@[::1      | end of string reached when looking for matching "]" in IPv6 host address in URI: "postgresql://joe:***@[::1"
                                                                  postgresql://joe:%geheim@db       | invalid percent-encoded token: "***"
                                                                  postgresql://db?password=%geheim  | invalid percent-encoded token: "***"
                                                                  """)
    void messagesDoNotShowThePassword(String uri, String message) {
        assertThatThrownBy(() -> UriForm.parse(uri)).hasMessage(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"postgresql://joe:ge@heim@db", "postgresql://joe:ge/heim@db",
            "postgresql://joe:ge@heim@db:7",
            "postgresql://joe:ge@a,heim@db"})
    void aPasswordThatIsNotEncodedDoesNotBecomeAHost(String uri) {
        assertThatThrownBy(() -> UriForm.parse(uri)).isInstanceOf(ConninfoException.class)
                .hasMessageContaining("passwords must have it as %40").hasMessageNotContaining("heim");
    }

    @Test
    void onlyTheTwoSchemesAreUris() {
        assertThat(UriForm.matches("postgres://")).isTrue();
        assertThat(UriForm.matches("Postgres://db")).isFalse();
        assertThat(UriForm.matches("host=postgres://")).isFalse();
    }
}
