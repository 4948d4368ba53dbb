package dev.myproxy.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.myproxy.protocol.ByteString;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClientLibraryTest {

    @ParameterizedTest
    @CsvSource({"libmysql,9.7.4,true,false", "libmysql,10.0.0,true,false", "libmysql,8.4.5,false,false",
            "libmariadb,9.9.9,false,false", "MySQL Connector/J,9.4.0,false,true", "'','',false,false"})
    void knowsWhatItsPluginsLack(String name, String version, boolean withoutNative, boolean withoutOaep) {
        ClientLibrary library = new ClientLibrary(ByteString.of(name), ByteString.of(version));

        assertThat(library.isWithoutNative()).isEqualTo(withoutNative);
        assertThat(library.isWithoutOaep()).isEqualTo(withoutOaep);
    }
}
