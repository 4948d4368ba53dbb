package dev.myproxy.lua.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ApiTest {

    private static Api read(String source) {
        return Api.read(Map.of("x.lua", source));
    }

    @Test
    void readsObjectsOptionsAndFunctions() {
        Api api = read("""
                       ---@meta

                       --- Shops
                       ---
                       --- Where things are sold.

                       --- What a shop may be told.
                       ---@class ShopOptions
                       ---@field size? integer square metres
                       --- Who may come in.
                       ---@field guests "all"|"none"

                       -- not for readers
                       --- A shop.
                       ---@class shop.object: Place
                       ---@field owner string Read and write: whose it is.
                       local shop = {}

                       --- Sells.
                       ---@param what string|nil a thing
                       ---@param ... table<string, fun(a: number, ...: any): boolean, string?>
                       ---@return (string|number)[]? # the price
                       ---@return nil nothing for nobody
                       ---@overload fun(what: string): number
                       function shop:sell(what, ...) end

                       --- A place.
                       ---@class Place
                       local place = {}

                       --- Everything about shops.
                       ---@class shops
                       shops = {}

                       --- Opens one.
                       ---@param options? ShopOptions|{ size: number, [string]: any }
                       ---@return shop.object
                       function shops:new(options) end

                       --- Counts.
                       ---@loading
                       function shops.count() end

                       --- No shop.
                       ---@type any
                       shops.none = nil

                       --- A word.
                       ---@alias word string

                       --- Called at night.
                       ---@provided
                       ---@type fun(word: word)?
                       at_night = nil
                       """);

        ApiLibrary library = api.libraries().getFirst();
        assertThat(library.title()).isEqualTo("Shops");
        assertThat(library.text()).isEqualTo("Shops\n\nWhere things are sold.");
        assertThat(api.classNamed("ShopOptions").orElseThrow().fields()).containsExactly(
                new ApiField("size", true, "integer", "square metres", new Place("x.lua", 9)),
                new ApiField("guests", false, "\"all\"|\"none\"", "Who may come in.", new Place("x.lua", 11)));
        ApiClass object = api.classNamed("shop.object").orElseThrow();
        assertThat(object.parent()).contains("Place");
        assertThat(object.kind()).isEqualTo(ApiClass.Kind.OBJECT);
        assertThat(object.field("owner")).get().matches(ApiField::isWritable);
        ApiFunction sell = object.method("sell").orElseThrow();
        assertThat(sell.qualifiedName()).isEqualTo("shop:sell");
        assertThat(sell.parameters()).containsExactly(new ApiParameter("what", false, "string|nil", "a thing"),
                new ApiParameter("...", false, "table<string, fun(a: number, ...: any): boolean, string?>", ""));
        assertThat(sell.returns()).containsExactly(new ApiReturn("(string|number)[]?", "", "the price"),
                new ApiReturn("nil", "nothing", "for nobody"));
        assertThat(sell.overloads()).containsExactly("fun(what: string): number");
        ApiClass shops = api.classNamed("shops").orElseThrow();
        assertThat(shops.isGlobal()).isTrue();
        assertThat(shops.names()).containsExactly("none", "new", "count");
        assertThat(shops.method("count").orElseThrow().traits().loading()).isTrue();
        assertThat(api.variable("shops")).map(ApiVariable::type).isEqualTo(Optional.of("shops"));
        assertThat(api.variable("at_night").orElseThrow().traits().provided()).isTrue();
        assertThat(library.aliases()).containsExactly(new ApiLibrary.Alias("word", "string", "A word."));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '~', quoteCharacter = '`', textBlock = """
                                                                                                                        x = 1                                               ~ x.lua:1: the first line must be ---@meta
                                                                                                                        ---@meta|---@clas x                                 ~ x.lua:2: unknown annotation @clas
                                                                                                                        ---@meta|---@ class x                               ~ x.lua:2: no annotation: @ class x
                                                                                                                        ---@meta|---@class                                  ~ x.lua:2: expected @class NAME or @class NAME: PARENT
                                                                                                                        ---@meta|--- A.|---@class x||--- B.|---@class x     ~ x.lua:6: the class x is declared twice
                                                                                                                        ---@meta|---@class x                                ~ x.lua:2: the class x has no text before it
                                                                                                                        ---@meta|--- A.|---@class x|---@class y             ~ x.lua:4: an empty line is missing before another @class
                                                                                                                        ---@meta|--- A.|---@class x|---@field a nil         ~ x.lua:4: the field a has no text
                                                                                                                        ---@meta|--- A.|---@class x|---@field a             ~ x.lua:4: expected a name and a type
                                                                                                                        ---@meta|--- A.|---@class x|---@field a foo A.      ~ x.lua:4: unknown type foo
                                                                                                                        ---@meta|--- A.|---@class x: y                      ~ x.lua:3: unknown type y
                                                                                                                        ---@meta|--- A.|---@class x|---@field a nil A.|---@field a nil B. ~ x.lua:5: x.a is also declared at x.lua:4
                                                                                                                        ---@meta|--- A.|---@class x|---@field a nil the|--- rest ~ x.lua:5: text must stand before the annotation that it describes, or in its line
                                                                                                                        ---@meta|---@field a nil A.                         ~ x.lua:2: @field without @class
                                                                                                                        ---@meta|--- A.|---@param a nil|--- B.              ~ x.lua:4: text must stand before the annotation that it describes, or in its line
                                                                                                                        ---@meta|---@return nil the thing                   ~ x.lua:2: the result needs a name before its text, or # between type and text
                                                                  ---@meta|--- A.|---@param a nil|function f() end    ~ x.lua:4: the parameters are [], but the annotations describe [a]
                                                                                                                        ---@meta|--- A.|---@param a nil|function f(b) end   ~ x.lua:4: the parameters are [b], but the annotations describe [a]
                                                                                                                        ---@meta|---@param a nil|function f(a) end          ~ x.lua:3: f has no text
                                                                                                                        ---@meta|--- A.|function f() end||--- A.|function f() end ~ x.lua:6: f is also declared at x.lua:3
                                                                                                                        ---@meta|--- A.|function o:f() end                  ~ x.lua:3: o is not declared before, with @class
                                                                                                                        ---@meta|--- A.|---@class o|function o:f() end      ~ x.lua:4: @class and @type are not for functions
                                                                                                                        ---@meta|--- A.|---@return nil|x = {}               ~ x.lua:4: @param and @return are for functions, @overload for functions and objects that can be called
                                                                                                                        ---@meta|--- A.|---@return nil|                     ~ x.lua:3: a declaration is missing after the annotations
                                                                                                                        ---@meta|--- T||--- A.|function f() end||--- B.|    ~ x.lua:7: this text describes nothing: a declaration is missing after it
                                                                                                                        ---@meta|--- A.|x = {}                              ~ x.lua:3: x needs @class or @type
                                                                                                                        ---@meta|---@type any|x = nil                       ~ x.lua:3: x has no text
                                                                                                                        ---@meta|--- A.|local x = {}                        ~ x.lua:3: local x needs @class
                                                                                                                        ---@meta|--- A.|x.y = nil                           ~ x.lua:3: x.y needs @type
                                                                                                                        ---@meta|x()                                        ~ x.lua:2: expected function NAME(…) end, NAME = {}, local NAME = {} or NAME = nil
                                                                                                                        ---@meta|---@type                                   ~ x.lua:2: a type is missing in "", character 1
                                                                                                                        ---@meta|---@type fun(a nil)                        ~ x.lua:2: expected : in "fun(a nil)", character 6
                                                                                                                        ---@meta|---@type "a                                ~ x.lua:2: the string does not end in ""a", character 1
                                                                                                                        ---@meta|---@type table<nil                         ~ x.lua:2: expected > in "table<nil", character 10
                                                                                                                        ---@meta|---@type nil;                              ~ x.lua:2: expected a space after the type in "nil;", character 4""")
    void refusesWhatBreaksTheRules(String source, String message) {
        assertThatThrownBy(() -> read(source.replace('|', '\n'))).isInstanceOf(AnnotationException.class)
                .hasMessage(message);
    }

    @Test
    void theInstalledFilesKeepTheRules() {
        Api api = Api.installed();

        assertThat(api.libraries()).extracting(ApiLibrary::name).contains("base");
        assertThat(api.libraries()).allSatisfy(library -> assertThat(library.text()).as(library.name()).isNotEmpty());
        assertThat(List.of("print", "sleep")).allSatisfy(name -> assertThat(api.function(name)).isPresent());
    }
}
