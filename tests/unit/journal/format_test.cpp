#include "journal/format.hpp"

#include "journal/aligned_buffer.hpp"

#include <boost/test/unit_test.hpp>

#include <algorithm>
#include <cstring>
#include <string>

using namespace bbstream;
using namespace bbstream::journal;

namespace {

segment_header some_header()
{
    segment_header header;
    header.identity.fill(0xab);
    header.number = 42;
    header.first_sequence = 1'000'001;
    header.previous_end = 81'920;
    header.previous_received = 1'787'568'000'000'000;
    header.salt = 0x0123456789abcdef;
    header.created = 1'787'568'000'000'001;
    return header;
}

record some_record(std::string_view body)
{
    record record;
    record.received = -5;
    record.product = product::datacenter;
    record.origin = origin::enrichment;
    record.instance = "dc";
    record.headers = "x-event-key:repo:refs_changed\n";
    record.meta = "{}";
    record.body = body;
    return record;
}

struct one_frame {
    explicit one_frame(std::vector<record> const& records) : bytes(1 << 20)
    {
        header.count = static_cast<std::uint32_t>(records.size());
        header.first_sequence = 7;
        header.salt = 99;
        auto* at = bytes.data() + frame_header_bytes;
        for (auto const& each : records)
            at = encode_record(each, at);
        header.length = static_cast<std::uint32_t>(at - bytes.data());
        seal_frame(header, bytes.data());
    }

    frame_header header;
    aligned_buffer bytes;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(format)

BOOST_AUTO_TEST_CASE(segment_names_sort_as_their_numbers_and_nothing_else_is_one)
{
    BOOST_TEST(segment_name(7) == "000000000007.segment");
    BOOST_TEST(segment_name(7) < segment_name(10));
    BOOST_TEST(parse_segment_name("000000000007.segment").value() == 7u);
    BOOST_TEST(parse_segment_name(segment_name(1'234'567'890'123)).value() == 1'234'567'890'123u);
    for (auto const* name :
         {"7.segment", "000000000007.segmen", ".segment", "spare", "lock", "", "-00000000007.segment",
          "00000000000x.segment", "000000000007.segment.bak", "0000000000007.segment"})
        BOOST_TEST(!parse_segment_name(name), name);
}

BOOST_AUTO_TEST_CASE(a_header_comes_back_as_it_was)
{
    aligned_buffer block(block_bytes);
    encode_header(some_header(), block.data());
    auto const read = decode_header(block.data());
    BOOST_REQUIRE(read.has_value());
    auto const want = some_header();
    BOOST_TEST((read->identity == want.identity));
    BOOST_TEST(read->number == want.number);
    BOOST_TEST(read->first_sequence == want.first_sequence);
    BOOST_TEST(read->previous_end == want.previous_end);
    BOOST_TEST(read->previous_received == want.previous_received);
    BOOST_TEST(read->salt == want.salt);
    BOOST_TEST(read->created == want.created);
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_header_is_found)
{
    aligned_buffer block(block_bytes);
    for (std::size_t bit = 0; bit < block_bytes * 8; ++bit) {
        encode_header(some_header(), block.data());
        block.data()[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
        auto const read = decode_header(block.data());
        BOOST_REQUIRE_MESSAGE(!read && read.error().kind == failure_kind::corrupt, "bit " << bit);
    }
}

BOOST_AUTO_TEST_CASE(zeros_are_neither_a_header_nor_a_frame)
{
    aligned_buffer block(block_bytes);
    std::memset(block.data(), 0, block_bytes);
    BOOST_TEST(!decode_header(block.data()).has_value());
    BOOST_TEST(!peek_frame(block.data(), 0));
}

BOOST_AUTO_TEST_CASE(records_come_back_byte_for_byte)
{
    std::string const binary("\0\xff\r\n", 4);
    std::string const large(100'000, 'x');
    std::vector<record> const records{some_record(""), some_record(binary), some_record(large)};
    one_frame const made(records);
    auto const header = peek_frame(made.bytes.data(), 99);
    BOOST_REQUIRE(header.has_value());
    BOOST_TEST(frame_is_whole(*header, made.bytes.data()));
    std::vector<record> read;
    BOOST_REQUIRE(decode_records(*header, made.bytes.data(), 0, read));
    BOOST_REQUIRE(read.size() == 3u);
    for (std::size_t i = 0; i < 3; ++i) {
        BOOST_TEST(read[i].sequence == 7 + i);
        BOOST_TEST(read[i].received == -5);
        BOOST_TEST((read[i].product == product::datacenter));
        BOOST_TEST((read[i].origin == origin::enrichment));
        BOOST_TEST(read[i].instance == records[i].instance);
        BOOST_TEST(read[i].headers == records[i].headers);
        BOOST_TEST(read[i].meta == records[i].meta);
        BOOST_TEST((read[i].body == records[i].body));
    }
    read.clear();
    BOOST_REQUIRE(decode_records(*header, made.bytes.data(), 8, read));
    BOOST_REQUIRE(read.size() == 1u);
    BOOST_TEST(read.front().sequence == 9u);
}

BOOST_AUTO_TEST_CASE(a_frame_of_another_segment_is_none)
{
    one_frame const made({some_record("x")});
    BOOST_TEST(!peek_frame(made.bytes.data(), 98));
}

BOOST_AUTO_TEST_CASE(every_flipped_bit_of_a_frame_is_found)
{
    one_frame made({some_record("body"), some_record("another")});
    for (std::size_t bit = 0; bit < made.header.length * 8; ++bit) {
        made.bytes.data()[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
        auto const header = peek_frame(made.bytes.data(), 99);
        // A length beyond the frame is refused by who knows the segment's end, before the checksum is looked at.
        bool const good = header && header->length <= made.header.length && frame_is_whole(*header, made.bytes.data());
        BOOST_REQUIRE_MESSAGE(!good, "bit " << bit);
        made.bytes.data()[bit / 8] ^= static_cast<unsigned char>(1u << bit % 8);
    }
}

BOOST_AUTO_TEST_CASE(padding_is_zero_up_to_the_next_block)
{
    one_frame const made({some_record("x")});
    auto const* const from = made.bytes.data() + made.header.length;
    auto const* const to = made.bytes.data() + round_up_to_block(made.header.length);
    BOOST_TEST(std::all_of(from, to, [](unsigned char byte) { return byte == 0; }));
}

BOOST_AUTO_TEST_CASE(records_that_do_not_fill_their_frame_exactly_are_refused)
{
    one_frame const made({some_record("0123456789"), some_record("x")});
    std::vector<record> read;
    for (auto const length : {made.header.length - 1, made.header.length - 30, made.header.length + 1}) {
        auto header = made.header;
        header.length = length;
        BOOST_TEST(!decode_records(header, made.bytes.data(), 0, read));
    }
    auto header = made.header;
    header.count = 3;
    BOOST_TEST(!decode_records(header, made.bytes.data(), 0, read));
    header.count = 1;
    BOOST_TEST(!decode_records(header, made.bytes.data(), 0, read));
}

BOOST_AUTO_TEST_CASE(what_is_too_large_does_not_fit_the_format)
{
    record record = some_record("x");
    BOOST_TEST(fits_format(record));
    std::string const long_name(65'536, 'i');
    record.instance = long_name;
    BOOST_TEST(!fits_format(record));
    record = some_record("x");
    record.body = std::string_view("x", record_bytes_max);  // never read
    BOOST_TEST(!fits_format(record));
}

BOOST_AUTO_TEST_CASE(header_values_are_found_by_whole_names)
{
    std::string_view const headers = "x-event-key:repo:push\nx-event-key-2:b\nempty:\nlast:1";
    BOOST_TEST(header_value(headers, "x-event-key") == "repo:push");
    BOOST_TEST(header_value(headers, "x-event-key-2") == "b");
    BOOST_TEST(header_value(headers, "event-key") == "");
    BOOST_TEST(header_value(headers, "empty") == "");
    BOOST_TEST(header_value(headers, "last") == "1");
    BOOST_TEST(header_value("", "last") == "");
}

BOOST_AUTO_TEST_SUITE_END()
