#include "state/shard_codec.hpp"

#include "base/crc32c.hpp"

#include <array>
#include <concepts>
#include <span>

namespace bbstream::state {

namespace {

constexpr std::string_view magic = "BBSTATE\n";
constexpr std::size_t table_count = 10;
constexpr std::size_t header_bytes = 60;
constexpr std::size_t checksum_bytes = 4;

class writer {
   public:
    explicit writer(std::string& out) : out_(out) {}

    template <std::unsigned_integral Integer>
    void integer(Integer value)
    {
        for (std::size_t at = 0; at < sizeof value; ++at)
            out_ += static_cast<char>(value >> (8 * at) & 0xff);
    }
    void bytes(void const* from, std::size_t size) { out_.append(static_cast<char const*>(from), size); }

    void value(key const& what)
    {
        bytes(&what.first, sizeof what.first);
        bytes(&what.second, sizeof what.second);
    }
    void value(head const& what)
    {
        integer(static_cast<std::uint8_t>(what.size()));
        bytes(what.data(), what.size());
    }
    void value(std::string const& text)
    {
        integer(static_cast<std::uint32_t>(text.size()));
        bytes(text.data(), text.size());
    }
    void value(named_head const& what)
    {
        value(what.name);
        value(what.head);
    }
    void value(doubt const& what)
    {
        value(what.name);
        value(what.seen);
        integer(what.since);
        integer(what.looks);
    }
    void value(walk const& what)
    {
        integer(what.pages);
        value(what.next);
    }
    void value(request const& what)
    {
        integer(static_cast<std::uint8_t>(what.kind));
        value(what.ref);
        value(what.before);
        value(what.after);
        value(what.gap);
        value(what.change);
        value(what.known);
        integer(what.made);
        integer(what.run);
        integer(what.found);
        integer(what.tries);
        integer(what.tried);
    }
    void value(std::set<std::string, std::less<>> const& names)
    {
        integer(static_cast<std::uint32_t>(names.size()));
        for (auto const& each : names)
            value(each);
    }
    template <class Element>
    void value(std::vector<Element> const& list)
    {
        integer(static_cast<std::uint32_t>(list.size()));
        for (auto const& each : list)
            value(each);
    }
    void value(reconciliation const& what)
    {
        integer(static_cast<std::uint8_t>(what.baseline));
        value(what.live);
        value(what.reconciled);
        value(what.observed);
        value(what.doubts);
        value(what.refs);
        integer(what.asof);
        value(what.commits);
        value(what.wanted);
        integer(static_cast<std::uint32_t>(what.trails.size()));
        for (auto const& [prefix, trail] : what.trails) {
            bytes(&prefix, sizeof prefix);
            integer(trail.ref);
            integer(static_cast<std::uint8_t>(trail.told));
        }
        integer(what.delivered);
        integer(static_cast<std::uint64_t>(what.newest));
        value(what.itself);
        value(what.instance);
        value(what.repository);
        value(what.requests);
        value(what.filling);
        integer(what.listed);
        value(what.pull_requests);
    }
    void value(described const& what)
    {
        value(what.id);
        value(what.known);
        integer(static_cast<std::uint8_t>(what.reconstructed));
        integer(what.record);
        value(what.doubted);
        integer(what.since);
        integer(what.absent);
    }
    void value(std::set<std::uint64_t> const& ids)
    {
        integer(static_cast<std::uint32_t>(ids.size()));
        for (auto const each : ids)
            integer(each);
    }
    void value(pull_request_watch const& what)
    {
        integer(static_cast<std::uint8_t>(what.baseline));
        value(what.pages);
        integer(what.newest);
        integer(static_cast<std::uint64_t>(what.watermark));
        value(what.open);
        integer(what.newest_seen);
        integer(static_cast<std::uint64_t>(what.watermark_seen));
        value(what.open_seen);
        integer(static_cast<std::uint32_t>(what.doubts.size()));
        for (auto const& [id, doubt] : what.doubts) {
            integer(id);
            value(doubt.seen);
            integer(doubt.since);
            integer(static_cast<std::uint8_t>(doubt.opened));
        }
    }
    template <std::size_t Capacity>
    void value(basic_ref_state<Capacity> const& what)
    {
        value(what.head);
        integer(what.moved);
        integer(what.record);
        bytes(&what.previous, sizeof what.previous);
        integer(static_cast<std::uint8_t>(what.known.size()));
        for (std::size_t at = 0; at < what.known.size(); ++at) {
            auto const prefix = what.known[at];
            bytes(&prefix, sizeof prefix);
        }
    }
    void value(snapshot const& what)
    {
        integer(static_cast<std::uint64_t>(what.mark));
        integer(what.at);
        integer(static_cast<std::uint32_t>(what.packed.size()));
        bytes(what.packed.data(), what.packed.size());
    }

   private:
    std::string& out_;
};

// Reads off the front; once something is missing all that follows is zero, and `failed` says so.
class reader {
   public:
    explicit reader(std::string_view bytes) : rest_(bytes) {}

    template <std::unsigned_integral Integer>
    Integer integer()
    {
        std::array<unsigned char, sizeof(Integer)> raw{};
        bytes(raw.data(), raw.size());
        Integer value = 0;
        for (std::size_t at = raw.size(); at-- > 0;)
            value = static_cast<Integer>(value << 8 * (sizeof(Integer) > 1) | raw[at]);
        return value;
    }
    void bytes(void* to, std::size_t size)
    {
        if (rest_.size() < size) {
            failed_ = true;
            rest_ = {};
            return;
        }
        std::memcpy(to, rest_.data(), size);
        rest_.remove_prefix(size);
    }

    key read_key()
    {
        key read;
        bytes(&read.first, sizeof read.first);
        bytes(&read.second, sizeof read.second);
        return read;
    }
    void value(head& into)
    {
        std::array<unsigned char, 32> raw{};
        std::size_t const size = integer<std::uint8_t>();
        failed_ |= size > raw.size();
        bytes(raw.data(), failed_ ? 0 : size);
        into = head::of_bytes(failed_ ? 0 : size, raw.data());
    }
    void value(std::string& into)
    {
        std::size_t const size = integer<std::uint32_t>();
        failed_ |= size > rest_.size();
        into.resize(failed_ ? 0 : size);
        bytes(into.data(), into.size());
    }
    void value(named_head& into)
    {
        value(into.name);
        value(into.head);
    }
    void value(doubt& into)
    {
        value(into.name);
        value(into.seen);
        into.since = integer<std::uint32_t>();
        into.looks = integer<std::uint8_t>();
    }
    void value(walk& into)
    {
        into.pages = integer<std::uint32_t>();
        value(into.next);
    }
    void value(request& into)
    {
        auto const kind = integer<std::uint8_t>();
        failed_ |= kind >= request_kind_count;
        into.kind = failed_ ? request_kind::truncated : static_cast<request_kind>(kind);
        value(into.ref);
        value(into.before);
        value(into.after);
        into.gap = read_key();
        into.change = read_key();
        value(into.known);
        into.made = integer<std::uint32_t>();
        into.run = integer<std::uint64_t>();
        into.found = integer<std::uint32_t>();
        into.tries = integer<std::uint8_t>();
        into.tried = integer<std::uint32_t>();
    }
    void value(std::set<std::string, std::less<>>& into)
    {
        std::size_t const size = integer<std::uint32_t>();
        std::string name;
        for (std::size_t at = 0; at < size && !failed_; ++at) {
            value(name);
            into.insert(into.end(), name);
        }
        failed_ |= into.size() != size;
    }
    template <class Element>
    void value(std::vector<Element>& into)
    {
        std::size_t const size = integer<std::uint32_t>();
        failed_ |= size > rest_.size();  // each has a byte at least
        into.resize(failed_ ? 0 : size);
        for (auto& each : into)
            value(each);
    }
    void value(reconciliation& into)
    {
        into.baseline = integer<std::uint8_t>() != 0;
        value(into.live);
        value(into.reconciled);
        value(into.observed);
        value(into.doubts);
        value(into.refs);
        into.asof = integer<std::uint64_t>();
        value(into.commits);
        value(into.wanted);
        std::size_t const trails = integer<std::uint32_t>();
        for (std::size_t at = 0; at < trails && !failed_; ++at) {
            std::uint64_t prefix = 0;
            bytes(&prefix, sizeof prefix);
            auto& trail = into.trails[prefix];
            trail.ref = integer<std::uint32_t>();
            trail.told = integer<std::uint8_t>() != 0;
        }
        failed_ |= into.trails.size() != trails;
        into.delivered = integer<std::uint32_t>();
        into.newest = static_cast<std::int64_t>(integer<std::uint64_t>());
        value(into.itself);
        value(into.instance);
        value(into.repository);
        value(into.requests);
        into.filling = read_key();
        into.listed = integer<std::uint32_t>();
        value(into.pull_requests);
    }
    void value(described& into)
    {
        value(into.id);
        value(into.known);
        into.reconstructed = integer<std::uint8_t>() != 0;
        into.record = integer<std::uint64_t>();
        value(into.doubted);
        into.since = integer<std::uint32_t>();
        into.absent = integer<std::uint32_t>();
    }
    void value(std::set<std::uint64_t>& into)
    {
        std::size_t const count = integer<std::uint32_t>();
        for (std::size_t at = 0; at < count && !failed_; ++at)
            into.insert(into.end(), integer<std::uint64_t>());
        failed_ |= into.size() != count;
    }
    void value(pull_request_watch& into)
    {
        into.baseline = integer<std::uint8_t>() != 0;
        value(into.pages);
        into.newest = integer<std::uint64_t>();
        into.watermark = static_cast<std::int64_t>(integer<std::uint64_t>());
        value(into.open);
        into.newest_seen = integer<std::uint64_t>();
        into.watermark_seen = static_cast<std::int64_t>(integer<std::uint64_t>());
        value(into.open_seen);
        std::size_t const doubts = integer<std::uint32_t>();
        for (std::size_t at = 0; at < doubts && !failed_; ++at) {
            auto& doubt = into.doubts[integer<std::uint64_t>()];
            value(doubt.seen);
            doubt.since = integer<std::uint32_t>();
            doubt.opened = integer<std::uint8_t>() != 0;
        }
        failed_ |= into.doubts.size() != doubts;
    }
    template <std::size_t Capacity>
    void value(basic_ref_state<Capacity>& into)
    {
        value(into.head);
        into.moved = integer<std::uint32_t>();
        into.record = integer<std::uint64_t>();
        bytes(&into.previous, sizeof into.previous);
        std::size_t const known = integer<std::uint8_t>();
        failed_ |= known > Capacity;
        for (std::size_t at = 0; at < known && !failed_; ++at) {
            std::uint64_t prefix = 0;
            bytes(&prefix, sizeof prefix);
            into.known.add(prefix);
        }
        failed_ |= into.known.size() != known;
    }
    void value(snapshot& into)
    {
        into.mark = static_cast<std::int64_t>(integer<std::uint64_t>());
        into.at = integer<std::uint32_t>();
        std::size_t const size = integer<std::uint32_t>();
        failed_ |= size > snapshot_bytes_max;
        into.packed.resize(failed_ ? 0 : size);
        bytes(into.packed.data(), into.packed.size());
    }

    bool failed() const { return failed_; }
    bool done() const { return !failed_ && rest_.empty(); }

   private:
    std::string_view rest_;
    bool failed_ = false;
};

failure corrupt(std::string message)
{
    return {failure_kind::corrupt, std::move(message)};
}

// Reads `count` entries; `read` fills one value. Every key must be there once.
template <class Table, class Read>
bool read_table(reader& from, std::uint64_t count, Table& into, Read read)
{
    for (std::uint64_t at = 0; at < count && !from.failed(); ++at) {
        auto const which = from.read_key();
        read(into.write(which));
    }
    return !from.failed() && into.size() == count;
}

bool read_snapshots(reader& from, std::uint64_t count, bool closed, snapshots& into)
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
    writer to(out);
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
    if (reader(bytes.substr(covered.size())).integer<std::uint32_t>() != crc32c(0, covered.data(), covered.size()))
        return corrupt("its checksum is wrong");
    reader from(covered.substr(magic.size()));
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
    reader from(bytes.substr(header_bytes, bytes.size() - header_bytes - checksum_bytes));
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
