-- luacheck's settings for configurations of myproxy: the names that there are besides LuaJIT's own.
-- Made from the annotations of the libraries: changes would be lost.

std = 'luajit'
max_line_length = false

-- what the script defines and the daemon calls
globals = {'populate_io_buffers', 'reload', 'shutdown_timeout'}

read_globals = {
    admin_listen = {},
    cache = {fields = {new = {}}},
    clock = {fields = {monotonic = {}, now = {}}},
    control_client = {fields = {new = {}}},
    control_listen = {},
    control_resolve = {},
    env = {fields = {names = {}}, other_fields = true},
    json = {fields = {array = {}, dump = {}, null = {}, parse = {}}},
    jwt = {fields = {sign = {}, verify = {}}},
    limits = {},
    log = {fields = {debug = {}, error = {}, info = {}, warn = {}}},
    metrics = {fields = {counter = {}, gauge = {}, histogram = {}}},
    mysql_cluster = {},
    mysql_listen = {},
    mysql_resolve = {},
    pg = {fields = {decode_array = {}, encode_array = {}, new = {}}},
    prometheus_listen = {},
    reload_config = {},
    sleep = {},
    socket = {fields = {connect = {}}},
    sodium = {fields = {bin2hex = {}, crypto_box_keypair = {}, crypto_box_seal = {}, crypto_box_seal_open = {}, crypto_pwhash_str = {}, crypto_pwhash_str_verify = {}, crypto_scalarmult_base = {}, crypto_sign_detached = {}, crypto_sign_keypair = {}, crypto_sign_verify_detached = {}, hex2bin = {}, memcmp = {}, randombytes = {}, sha1 = {}, sha256 = {}}},
    systemd = {fields = {}},
}

-- handlers need not look at all their arguments
unused_args = false

-- what myproxy test gives to test files
files['**/*_test.lua'] = {read_globals = {'test'}}

exclude_files = {'lua/library'}
