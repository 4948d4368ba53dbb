package dev.myproxy.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LibsodiumTest {

    private static final class Version {
        static native String sodium_version_string();
    }

    private static final class Unknown {
        static native int sodium_does_not_exist();
    }

    @Test
    void theBundledCopyComesFirst() {
        Libsodium.link(Version.class);

        assertThat(Libsodium.unavailable()).isEmpty();
        assertThat(Version.sodium_version_string()).isEqualTo("1.0.20");
    }

    @Test
    void unknownFunctionsAreNotLinked() {
        assertThatThrownBy(() -> Libsodium.link(Unknown.class)).isInstanceOf(UnsatisfiedLinkError.class)
                .hasMessageContaining("sodium_does_not_exist");
    }
}
