#include "state/shard_codec.hpp"

#include "base/crc32c.hpp"
#include "state/checkpoint_bytes.hpp"
#include "state/reconciliation_codec.hpp"

#include <array>

namespace bbstream::state {

template <std::size_t Capacity>
static void write(checkpoint_writer& to, basic_ref_state<Capacity> const& what)
{
    to.value(what.head);
    to.integer(what.moved);
    to.integer(what.record);
    to.bytes(&what.previous, sizeof what.previous);
    to.integer(static_cast<std::uint8_t>(what.known.size()));
    for (std::size_t at = 0; at < what.known.size(); ++at) {
        auto const prefix = what.known[at];
        to.bytes(&prefix, sizeof prefix);
    }
}

static void write(checkpoint_writer& to, snapshot const& what)
{
    to.integer(static_cast<std::uint64_t>(what.mark));
    to.integer(what.at);
    to.integer(static_cast<std::uint32_t>(what.packed.size()));
    to.bytes(what.packed.data(), what.packed.size());
}

template <std::size_t Capacity>
static void read(checkpoint_reader& from, basic_ref_state<Capacity>& into)
{
    from.value(into.head);
    into.moved = from.integer<std::uint32_t>();
    into.record = from.integer<std::uint64_t>();
    from.bytes(&into.previous, sizeof into.previous);
    std::size_t const known = from.integer<std::uint8_t>();
    from.fail_if(known > Capacity);
    for (std::size_t at = 0; at < known && !from.failed(); ++at) {
        std::uint64_t prefix = 0;
        from.bytes(&prefix, sizeof prefix);
        into.known.add(prefix);
    }
    from.fail_if(into.known.size() != known);
}

static void read(checkpoint_reader& from, snapshot& into)
{
    into.mark = static_cast<std::int64_t>(from.integer<std::uint64_t>());
    into.at = from.integer<std::uint32_t>();
    std::size_t const size = from.integer<std::uint32_t>();
    from.fail_if(size > snapshot_bytes_max);
    into.packed.resize(from.failed() ? 0 : size);
    from.bytes(into.packed.data(), into.packed.size());
}

namespace {

constexpr std::string_view magic = "BBSTATE\n";
constexpr std::size_t table_count = 10;
constexpr std::size_t header_bytes = 60;
constexpr std::size_t checksum_bytes = 4;

failure corrupt(std::string message)
{
    return {failure_kind::corrupt, std::move(message)};
}

// Reads `count` entries; `read` fills one value. Every key must be there once.
template <class Table, class Read>
bool read_table(checkpoint_reader& from, std::uint64_t count, Table& into, Read read)
{
    for (std::uint64_t at = 0; at < count && !from.failed(); ++at) {
        auto const which = from.read_key();
        read(into.write(which));
    }
    return !from.failed() && into.size() == count;
}

bool read_snapshots(checkpoint_reader& from, std::uint64_t count, bool closed, snapshots& into)
{
    snapshot read;
    for (std::uint64_t at = 0; at < count && !from.failed(); ++at) {
        auto const which = from.read_key();
        from.value(read);
        if (!from.failed())
            into.write(which, read.mark, read.packed, closed, read.at);
    }
    return !from.failed() && into.size(closed) == count;
}

}  // namespace

void shard_codec::encode(shard const& from, checkpoint_header const& header, std::string& out)
{
    out.clear();
    checkpoint_writer to(out);
    to.bytes(magic.data(), magic.size());
    to.integer(header.version);
    to.integer(header.shard);
    to.integer(header.shard_count);
    to.bytes(header.journal.data(), header.journal.size());
    to.integer(header.applied);
    to.integer(header.units_max);
    to.integer(header.evicted);
    for (std::uint64_t const size :
         {std::uint64_t(from.repositories_.size()), std::uint64_t(from.settled_refs_.size()),
          std::uint64_t(from.refs_.size()), std::uint64_t(from.counters_.size()), std::uint64_t(from.machines_.size()),
          std::uint64_t(from.snapshots_.size(false)), std::uint64_t(from.snapshots_.size(true)),
          std::uint64_t(from.published_.size()), std::uint64_t(from.deliveries_.size()),
          std::uint64_t(from.reconciliations_.size())})
        to.integer(size);

    from.repositories_.each([&](auto const& entry) { to.value(entry.key); });
    auto const write_ref = [&](auto const& entry) {
        to.value(entry.key);
        to.value(entry.value);
    };
    from.settled_refs_.each(write_ref);
    from.refs_.each(write_ref);
    from.counters_.each([&](auto const& entry) {
        to.value(entry.key);
        to.integer(entry.value.count);
        to.integer(entry.value.at);
        to.integer(entry.value.told);
    });
    from.machines_.each([&](auto const& entry) {
        to.value(entry.key);
        to.value(entry.value.fact);
        to.integer(static_cast<std::uint64_t>(entry.value.mark));
        to.integer(entry.value.at);
    });
    for (bool const closed : {false, true})
        from.snapshots_.each(closed, [&](auto const& entry) {
            to.value(entry.key);
            to.value(entry.value);
        });
    from.published_.each([&](auto const& entry) {
        to.value(entry.key);
        to.integer(entry.value.at);
    });
    from.deliveries_.each([&](auto const& entry) {
        to.value(entry.key);
        to.integer(entry.value.at);
        to.integer(entry.value.body);
    });
    from.reconciliations_.each([&](auto const& entry) {
        to.value(entry.key);
        to.value(entry.value);
    });
    to.integer(crc32c(0, out.data(), out.size()));
}

result<checkpoint_header> shard_codec::decode_header(std::string_view bytes)
{
    if (bytes.size() < header_bytes + checksum_bytes)
        return corrupt("it is too short");
    if (!bytes.starts_with(magic))
        return corrupt("it does not begin like a checkpoint");
    auto const covered = bytes.substr(0, bytes.size() - checksum_bytes);
    if (checkpoint_reader(bytes.substr(covered.size())).integer<std::uint32_t>() !=
        crc32c(0, covered.data(), covered.size()))
        return corrupt("its checksum is wrong");
    checkpoint_reader from(covered.substr(magic.size()));
    checkpoint_header header;
    header.version = from.integer<std::uint32_t>();
    header.shard = from.integer<std::uint32_t>();
    header.shard_count = from.integer<std::uint32_t>();
    from.bytes(header.journal.data(), header.journal.size());
    header.applied = from.integer<std::uint64_t>();
    header.units_max = from.integer<std::uint64_t>();
    header.evicted = from.integer<std::uint64_t>();
    return header;
}

result<void> shard_codec::decode_entries(std::string_view bytes, shard& into)
{
    into.clear();
    checkpoint_reader from(bytes.substr(header_bytes, bytes.size() - header_bytes - checksum_bytes));
    std::array<std::uint64_t, table_count> sizes{};
    for (auto& size : sizes)
        size = from.integer<std::uint64_t>();
    bool const whole =
        read_table(from, sizes[0], into.repositories_, [](auto&) {}) &&
        read_table(from, sizes[1], into.settled_refs_, [&](auto& value) { from.value(value); }) &&
        read_table(from, sizes[2], into.refs_, [&](auto& value) { from.value(value); }) &&
        read_table(from, sizes[3], into.counters_,
                   [&](auto& value) {
                       value.count = from.integer<std::uint32_t>();
                       value.at = from.integer<std::uint32_t>();
                       value.told = from.integer<std::uint32_t>();
                   }) &&
        read_table(from, sizes[4], into.machines_,
                   [&](auto& value) {
                       value.fact = from.read_key();
                       value.mark = static_cast<std::int64_t>(from.integer<std::uint64_t>());
                       value.at = from.integer<std::uint32_t>();
                   }) &&
        read_snapshots(from, sizes[5], false, into.snapshots_) &&
        read_snapshots(from, sizes[6], true, into.snapshots_) && into.snapshots_.size(false) == sizes[5] &&
        read_table(from, sizes[7], into.published_, [&](auto& value) { value.at = from.integer<std::uint32_t>(); }) &&
        read_table(from, sizes[8], into.deliveries_,
                   [&](auto& value) {
                       value.at = from.integer<std::uint32_t>();
                       value.body = from.integer<std::uint32_t>();
                   }) &&
        read_table(from, sizes[9], into.reconciliations_, [&](auto& value) { from.value(value); }) && from.done();
    if (whole) {
        into.weigh_all();
        return {};
    }
    into.clear();
    return corrupt("its entries are not what its header says");
}

}  // namespace bbstream::state
