#include "event/headers.hpp"
#include "sample.hpp"

#include <boost/test/unit_test.hpp>

#include <map>

namespace bbstream::event {

namespace {

constexpr micros recorded = 1'787'565'600'082'000;

std::map<std::string, std::string> headers_of(encoded const& of)
{
    std::map<std::string, std::string> found;
    std::string_view rest = of.headers;
    auto const take = [&] {
        std::size_t const end = rest.find('\0');
        BOOST_TEST_REQUIRE(end != std::string_view::npos);
        std::string const text(rest.substr(0, end));
        rest.remove_prefix(end + 1);
        return text;
    };
    while (!rest.empty()) {
        auto const name = take();
        BOOST_TEST(found.emplace(name, take()).second, "twice: " << name);
    }
    return found;
}

encoding with_headers()
{
    encoding how;
    how.epoch = 7;
    how.journal[0] = 0xab;
    how.headers = true;
    return how;
}

}  // namespace

BOOST_AUTO_TEST_CASE(the_envelope_is_written_in_its_order)
{
    sample of;
    of.delivery.attempt = 2;
    of.delivery.traceparent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
    of.delivery.tracestate = "a=b";
    batch out;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    std::string const value(out[0].value);
    std::string const expected =
        R"({"specversion":"1.0","id":"00000000-0000-0000-0000-000000000000",)"
        R"("source":"bitbucket://cloud/repositories/r1","type":"dev.bbstream.ref.updated.v1",)"
        R"("subject":"refs/heads/main","time":"2026-08-24T10:00:00.041000Z","datacontenttype":"application/json",)"
        R"("dataschema":"https://bbstream.dev/schemas/ref.updated/1.0.json","partitionkey":"cloud:r1",)"
        R"("sequence":"0007.0000000000000000042.000003","recordedtime":"2026-08-24T10:00:00.082000Z",)"
        R"("correlationid":"0007.0000000000000000042","authtype":"user","authid":"u1","bbproduct":"cloud",)"
        R"("bbinstance":"cloud","bborigin":"webhook","bbeventkey":"repo:push","bbdeliveryid":"d1","bbattempt":2,)"
        R"("bbreceivedtime":"2026-08-24T10:00:00.041000Z","bbtimebasis":"received",)"
        R"("traceparent":"00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01","tracestate":"a=b","data":{)";
    BOOST_TEST(value.substr(0, expected.size()) == expected);
    BOOST_TEST(out[0].key == "cloud:r1");
    BOOST_TEST((out[0].topic == topic::repository));
}

BOOST_AUTO_TEST_CASE(headers_repeat_the_attributes_only_where_they_are_wanted)
{
    sample of;
    of.delivery.attempt = 1;
    batch out;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    encode(of.ref_updated(0, 0), {}, recorded, out);
    auto const headers = headers_of(out[0]);
    BOOST_TEST(headers.at("content-type") == "application/cloudevents+json; charset=UTF-8");
    BOOST_TEST(headers.at("ce_specversion") == "1.0");
    BOOST_TEST(headers.at("ce_type") == "dev.bbstream.ref.updated.v1");
    BOOST_TEST(headers.at("ce_bbattempt") == "1");
    BOOST_TEST(headers.at("ce_sequence") == "0007.0000000000000000042.000003");
    BOOST_TEST(headers.at("traceparent") == headers.at("ce_traceparent"));
    BOOST_TEST(headers.size() == 25u);
    BOOST_TEST(out[1].headers.empty());
}

BOOST_AUTO_TEST_CASE(in_binary_mode_the_value_is_the_data_and_all_attributes_are_headers)
{
    sample of;
    auto how = with_headers();
    batch out;
    encode(of.ref_updated(0, 0), how, recorded, out);
    how.mode = content_mode::binary;
    encode(of.ref_updated(0, 0), how, recorded, out);
    auto what = of.ref_updated(0, 0);
    std::string const too_long(header_bytes_max + 1, 'x');
    what.subject = too_long;
    encode(what, how, recorded, out);
    auto const data = out[0].value.find(",\"data\":") + std::string_view(",\"data\":").size();
    BOOST_TEST(out[1].value == out[0].value.substr(data, out[0].value.size() - data - 1));
    auto structured = headers_of(out[0]);
    structured.erase("ce_datacontenttype");
    structured["content-type"] = "application/json";
    BOOST_TEST((headers_of(out[1]) == structured));
    BOOST_TEST(headers_of(out[2]).at("ce_subject") == too_long);
    BOOST_TEST(header_of(out[1].headers, "ce_", "specversion") == "1.0");
    BOOST_TEST(header_of(out[1].headers, "ce_", "spec").empty());
}

namespace {

event spans_of(sample& of, std::string_view body)
{
    auto made = of.base(type::delivery_received);
    made.data = otlp_spans{body};
    return made;
}

encoding with_spans(encoding how)
{
    how.topics.set(static_cast<std::size_t>(topic::otlpspans));
    return how;
}

}  // namespace

BOOST_AUTO_TEST_CASE(an_optional_topic_gets_what_is_its_only_where_it_is_wanted)
{
    sample of;
    batch out;
    encode(spans_of(of, "{}"), {}, recorded, out);
    BOOST_TEST(out.empty());
    encode(spans_of(of, "{}"), with_spans({}), recorded, out);
    BOOST_TEST(out.size() == 1u);
}

BOOST_AUTO_TEST_CASE(spans_are_a_value_as_they_came_whatever_the_content_mode)
{
    sample of;
    std::string const body = "{\r\n\t\"resourceSpans\" : [ ] }\n";
    auto how = with_spans(with_headers());
    batch out;
    encode(spans_of(of, body), how, recorded, out);
    how.mode = content_mode::binary;
    encode(spans_of(of, body), how, recorded, out);
    BOOST_TEST(out[0].value == body);
    BOOST_TEST(out[0].key == "cloud:r1");
    BOOST_TEST((out[0].topic == topic::otlpspans));
    auto const headers = headers_of(out[0]);
    BOOST_TEST(headers.at("content-type") == "application/json");
    BOOST_TEST(headers.at("ce_type") == "dev.bbstream.delivery.received.v1");
    BOOST_TEST(headers.at("ce_sequence") == "0007.0000000000000000042.000003");
    BOOST_TEST(!headers.contains("ce_dataschema"));
    BOOST_TEST(out[1].value == body);
    BOOST_TEST((headers_of(out[1]) == headers));
}

BOOST_AUTO_TEST_CASE(without_headers_spans_are_the_data_of_an_event_on_one_line)
{
    sample of;
    batch out;
    encode(spans_of(of, "{\r\n\t\"resourceSpans\" : [ \"a\\nb\" ] }\n"), with_spans({}), recorded, out);
    std::string const value(out[0].value);
    BOOST_TEST(value.starts_with(R"({"specversion":"1.0","id":"00000000-)"));
    BOOST_TEST(value.ends_with(R"(,"data":{   "resourceSpans" : [ "a\nb" ] } })"), value);
}

BOOST_AUTO_TEST_CASE(spans_that_are_too_large_become_a_dead_letter)
{
    sample of;
    std::string const body(record_bytes_max, ' ');
    batch out;
    encode(spans_of(of, body), with_spans({}), recorded, out);
    BOOST_TEST_REQUIRE(out.size() == 1u);
    BOOST_TEST((out[0].topic == topic::dlq));
    BOOST_TEST(out[0].value.find(R"("topic":"otlpspans.v1")") != std::string_view::npos);
}

BOOST_AUTO_TEST_CASE(long_values_and_control_characters_stay_out_of_the_headers)
{
    sample of;
    std::string const longest(header_bytes_max, 'x');
    std::string const too_long = longest + "x";
    batch out;
    auto what = of.ref_updated(0, 0);
    what.subject = longest;
    encode(what, with_headers(), recorded, out);
    what.subject = too_long;
    encode(what, with_headers(), recorded, out);
    what.subject = std::string_view("a\0b", 3);
    encode(what, with_headers(), recorded, out);
    BOOST_TEST(headers_of(out[0]).at("ce_subject") == longest);
    BOOST_TEST(headers_of(out[1]).count("ce_subject") == 0u);
    BOOST_TEST(out[1].value.find(too_long) != std::string_view::npos);
    BOOST_TEST(headers_of(out[2]).count("ce_subject") == 0u);
    BOOST_TEST(out[2].value.find(R"("subject":"a\u0000b")") != std::string_view::npos);
    BOOST_TEST(out.omitted_headers() == 2u);
    out.clear();
    BOOST_TEST(out.omitted_headers() == 0u);
}

BOOST_AUTO_TEST_CASE(a_record_without_a_trace_begins_one_of_its_own)
{
    sample of;
    batch out;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    encode(of.base(type::ref_updated), with_headers(), recorded + 1, out);
    auto const first = headers_of(out[0]).at("traceparent");
    // sha256(ab 00 .. 00, 00 .. 2a), by another program
    BOOST_TEST(first == "00-b8192d2a35500ed68b5f87924e5c6980-5da2e767db9d4c6d-00");
    BOOST_TEST(headers_of(out[1]).at("traceparent") == first);
    shared_text shared;
    of.delivery.shared = &shared;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    BOOST_TEST(headers_of(out[2]).at("traceparent") == first);
    of.delivery.shared = nullptr;
    of.delivery.sequence = 43;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    BOOST_TEST(headers_of(out[3]).at("traceparent") != first);
}

BOOST_AUTO_TEST_CASE(names_of_people_are_no_attributes)
{
    sample of;
    of.actor.id = "name:ada";
    of.actor.auth_id.reset();
    of.actor.kind = "app";
    batch out;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    auto const headers = headers_of(out[0]);
    BOOST_TEST(headers.at("ce_authtype") == "service_account");
    BOOST_TEST(headers.count("ce_authid") == 0u);
    of.delivery.actor = nullptr;
    encode(of.ref_updated(0, 0), with_headers(), recorded, out);
    BOOST_TEST(headers_of(out[1]).count("ce_authtype") == 0u);
}

BOOST_AUTO_TEST_CASE(what_a_delivery_shares_is_the_same_bytes)
{
    sample of;
    batch out;
    encode(of.ref_updated(1, 10), with_headers(), recorded, out);
    shared_text shared;
    of.delivery.shared = &shared;
    encode(of.ref_updated(1, 10), with_headers(), recorded, out);
    encode(of.ref_updated(1, 10), with_headers(), recorded, out);
    BOOST_TEST(!shared.entities.empty());
    BOOST_TEST(out[1].value == out[0].value);
    BOOST_TEST(out[2].value == out[0].value);
    BOOST_TEST(out[2].headers == out[0].headers);
}

}  // namespace bbstream::event
