#include "unit/journal/model.hpp"

#include "journal/batching.hpp"
#include "journal/inspect.hpp"
#include "journal/log_reader.hpp"

#include <algorithm>
#include <stdexcept>

namespace bbstream::journal::test {

namespace {

constexpr std::uint64_t size_max = 512u << 10;
constexpr std::uint64_t roomy = 4u << 20;

void require(bool holds, std::string const& what)
{
    if (!holds)
        throw std::logic_error(what);
}

std::uint64_t mix(std::uint64_t value)
{
    value ^= value >> 33;
    value *= 0xff51afd7ed558ccdull;
    value ^= value >> 33;
    value *= 0xc4ceb9fe1a85ec53ull;
    return value ^ (value >> 33);
}

std::string text_of(std::uint64_t seed, std::size_t size)
{
    std::string text(size, '\0');
    for (std::size_t i = 0; i < size; ++i)
        text[i] = static_cast<char>('a' + ((seed >> (i % 56)) + i) % 26);
    return text;
}

struct quiet_port final : append_port {
    void completed(append_request*) noexcept override {}
};

}  // namespace

made_record::made_record(std::uint64_t number) : id(number)
{
    auto const seed = mix(id);
    instance = text_of(seed, 1 + seed % 12);
    headers = "x-number:" + std::to_string(id) + "\n";
    meta = text_of(seed >> 7, (seed >> 5) % 3 == 0 ? (seed >> 9) % 200 : 0);
    std::size_t const most = (seed >> 20) % 50 == 0 ? 40'000 : 1'500;
    body = text_of(seed >> 3, (seed >> 30) % most);
}

record made_record::view() const
{
    record view;
    view.received = static_cast<micros>(1'000'000'000 + id * 1'000);
    view.product = id % 2 == 0 ? product::cloud : product::datacenter;
    view.origin = static_cast<bbstream::journal::origin>(1 + id % 6);
    view.instance = instance;
    view.headers = headers;
    view.meta = meta;
    view.body = body;
    return view;
}

model::model(std::uint64_t seed, bool direct) : random_(seed), disk_(seed + 1, direct)
{
    disk_.set_capacity(roomy);
}

writer_options model::options()
{
    writer_options options;
    options.limits = {16u << 10, 64u << 10, size_max};
    options.retention = std::chrono::milliseconds(200);
    options.clock = [this] { return now_; };
    options.fill = std::launch::deferred;
    return options;
}

bool model::try_open()
{
    in_ = disk_.attach();
    require(in_->lock().has_value(), "the lock is free after the process has ended");
    view_ = std::make_unique<log_view>(24u << 10);
    auto opened = batch_writer::open(*in_, options(), *view_, steady_);
    if (!opened) {
        require(opened.error().kind != failure_kind::corrupt,
                "no damage where none was done: " + opened.error().message);
        leave();
        return false;
    }
    writer_ = std::move(*opened);
    view_->release(released_);
    adopt();
    return true;
}

void model::open()
{
    in_ = disk_.attach();
    require(in_->lock().has_value(), "the lock is free after the process has ended");
    view_ = std::make_unique<log_view>(24u << 10);
    auto opened = batch_writer::open(*in_, options(), *view_, steady_);
    require(opened.has_value(), opened ? "" : "a healthy disk opens: " + opened.error().message);
    writer_ = std::move(*opened);
    view_->release(released_);
    adopt();
    verify_all();
}

// What is more than was acknowledged must be exactly one batch that was refused, or on its way, right behind it.
void model::adopt()
{
    auto const status = view_->status();
    require(status.last >= durable_.size(), "an acknowledged record is gone: last is " + std::to_string(status.last) +
                                                ", acknowledged " + std::to_string(durable_.size()));
    require(status.first <= released_ + 1, "a record went that was not released");
    if (status.last > durable_.size()) {
        std::uint64_t const more = status.last - durable_.size();
        bool found = false;
        for (auto const& batch : refused_) {
            if (batch.size() != more || found)
                continue;
            auto const read = bbstream::journal::read_after(*in_, *view_, durable_.size(), 1);
            if (!read && faulty_) {
                // It can't be told now; the process goes on as if it had never looked.
                leave();
                return;
            }
            require(read.has_value(), "what surfaced can be read");
            found = std::equal(batch.begin(), batch.end(), read->records.begin(), read->records.end(),
                               [](std::uint64_t id, record const& have) { return made_record(id).body == have.body; });
            if (found)
                durable_.insert(durable_.end(), batch.begin(), batch.end());
        }
        require(found, "what was never submitted, or only in part, is in the journal");
        ++counts_.surfaced;
    }
    refused_.clear();
    followed_ = std::max(followed_, status.first - 1);
}

void model::compare(read_batch const& batch, std::uint64_t after)
{
    for (auto const& have : batch.records) {
        require(have.sequence == ++after, "sequences have no holes");
        made_record const made(durable_.at(have.sequence - 1));
        auto const want = made.view();
        require(have.received == want.received && have.product == want.product && have.origin == want.origin &&
                    have.instance == want.instance && have.headers == want.headers && have.meta == want.meta &&
                    have.body == want.body,
                "a record is not what was appended");
    }
}

std::uint64_t model::read_and_compare(directory& in, log_view& view, std::uint64_t after, std::size_t bytes_max)
{
    auto const status = view.status();
    auto const read = bbstream::journal::read_after(in, view, after, bytes_max);
    if (!read) {
        bool const is_trimmed = read.error().kind == failure_kind::invalid && after + 1 < status.first;
        require(is_trimmed || (faulty_ && read.error().kind == failure_kind::io),
                "a read fails: " + read.error().message);
        return after;
    }
    require(after + 1 >= status.first, "a trimmed record is not read");
    require(read->records.empty() == (after >= status.last), "a read gives records exactly if there are some");
    compare(*read, after);
    return after + read->records.size();
}

void model::verify_all()
{
    std::uint64_t after = view_->status().first - 1;
    while (after < durable_.size()) {
        auto const reached = read_and_compare(*in_, *view_, after, 1 + pick(100'000));
        require(reached > after, "reading goes on");
        after = reached;
    }
}

append_status model::append()
{
    std::vector<std::uint64_t> ids;
    std::vector<made_record> records;
    std::vector<append_request> requests(1 + pick(pick(10) == 0 ? 24 : 4));
    records.reserve(requests.size());
    for (auto& request : requests) {
        records.emplace_back(next_id_++);
        ids.push_back(records.back().id);
        request.record = records.back().view();
        request.status = append_status::closed;
    }
    quiet_port port;
    std::vector<request_list> lists;
    for (std::size_t at = 0; at < requests.size();) {
        auto const end = at + 1 + pick(requests.size() - at);
        for (std::size_t i = at; i + 1 < end; ++i)
            requests[i].next = &requests[i + 1];
        lists.push_back(*measure(&requests[at], port));
        at = end;
    }
    auto const status = writer_->write(lists, steady_);
    for (std::size_t i = 0; i < requests.size(); ++i) {
        require(requests[i].status == status, "a batch has one outcome");
        auto const sequence = status == append_status::durable ? durable_.size() + 1 + i : 0;
        require(requests[i].record.sequence == sequence, "sequences follow each other");
    }
    if (status == append_status::durable) {
        durable_.insert(durable_.end(), ids.begin(), ids.end());
        refused_.clear();
        ++counts_.durable;
    } else {
        require(status == append_status::refused, "a batch is durable or refused");
        refused_.push_back(std::move(ids));
        ++counts_.refused;
    }
    return status;
}

void model::append_until_rotated()
{
    auto const number = view_->last().header.number;
    for (int i = 0; i < 60 && view_->last().header.number == number; ++i) {
        append();
        maintain();
    }
}

void model::maintain()
{
    auto const step = std::chrono::milliseconds(pick(400));
    steady_ += step;
    now_ = static_cast<micros>(1'000'000'000 + next_id_ * 1'000) + aged_;
    writer_->maintain(steady_);
}

void model::read_somewhere()
{
    auto const status = view_->status();
    std::uint64_t const from = status.first > 3 ? status.first - 3 : 0;
    read_and_compare(*in_, *view_, from + pick(status.last + 2 - from), 1 + pick(60'000));
}

void model::follow()
{
    auto const status = view_->status();
    followed_ = std::max(followed_, status.first - 1);
    followed_ = read_and_compare(*in_, *view_, followed_, 1 + pick(60'000));
}

void model::release_some()
{
    released_ += durable_.size() > released_ ? 1 + pick(durable_.size() - released_) : 0;
    view_->release(released_);
}

void model::release_all()
{
    released_ = durable_.size();
    view_->release(released_);
}

void model::age()
{
    aged_ += 1'000'000;
}

void model::check_status()
{
    auto const status = view_->status();
    require(status.last == durable_.size(), "status tells the last durable sequence");
    require(status.first <= released_ + 1, "what is not released is never removed");
    require(status.released == released_, "status tells what is released");
    require(disk_.bytes() <= size_max + (64u << 10), "size_max is kept, but for leftovers of failures");
}

void model::check_outside()
{
    auto const in = disk_.attach();
    auto const checked = check(*in);
    require(checked.has_value(), "fsck runs beside the owner");
    for (auto const& each : checked->findings)
        require(each.what != finding::kind::damage, "fsck finds no damage where none was done: " + to_string(each));
    auto const seen = inspect(*in);
    require(seen.has_value(), seen ? "" : "the status can be had beside the owner: " + seen.error().message);
    require(seen->status.last >= durable_.size(), "what is acknowledged is seen from outside");
}

void model::leave()
{
    writer_.reset();
    view_.reset();
    in_.reset();
}

void model::close()
{
    writer_->close(steady_);
    leave();
}

void model::die()
{
    leave();
}

void model::lose_power()
{
    leave();
    disk_.lose_power();
    faulty_ = false;
}

void model::damage_and_restore()
{
    std::vector<std::string> segments;
    for (auto const& name : disk_.names())
        if (parse_segment_name(name))
            segments.push_back(name);
    auto const name = segments[pick(segments.size())];
    auto const offset = pick(disk_.size(name));
    auto const bit = static_cast<unsigned>(pick(8));
    disk_.flip_bit(name, offset, bit);
    auto const in = disk_.attach();
    auto const stored = stored_log::open(disk_.attach());
    auto const checked = check(*in);
    bool const found = checked && checked->damaged();
    if (!found) {
        ++counts_.harmless;
        // Then it lies where no record does: everything is read as it was.
        require(stored.has_value(), "what fsck finds good opens");
        auto const status = (*stored)->status();
        require(status.last == durable_.size(), "damage that fsck does not see loses nothing");
        for (auto after = status.first - 1; after < status.last;) {
            auto const read = (*stored)->read_after(after, 50'000);
            require(read.has_value(), "damage that fsck does not see is nowhere");
            compare(*read, after);
            after += read->records.size();
        }
    } else {
        ++counts_.damaged;
        log_view view(0);
        auto const opened = batch_writer::open(*in, options(), view, steady_);
        require(!opened && opened.error().kind == failure_kind::corrupt, "damage stops the start");
        require(opened.error().message.find("bbstream journal fsck") != std::string::npos &&
                    opened.error().message.find(".segment") != std::string::npos &&
                    opened.error().message.find("offset") != std::string::npos,
                "the message says where, and what to do: " + opened.error().message);
    }
    disk_.flip_bit(name, offset, bit);
}

void model::heal()
{
    disk_.heal();
    disk_.set_capacity(roomy);
    faulty_ = false;
}

void model::must_take_writes()
{
    heal();
    release_all();
    for (int i = 0; i < 4; ++i) {
        steady_ += batch_writer::probe_interval;
        writer_->maintain(steady_);
    }
    require(view_->status().writable, "status tells that the disk takes writes again");
    require(append() == append_status::durable, "a healthy disk takes writes");
}

void model::arm_faults()
{
    faulty_ = true;
    auto const after = pick(pick(2) == 0 ? 3 : 30);
    switch (pick(4)) {
        case 0:
            return disk_.fail_after(after);
        case 1:
            return disk_.fail_after(after, 1 + pick(20));
        default:
            ++counts_.cut;
            return disk_.cut_after(after);
    }
}

void model::random_step()
{
    if (!is_open()) {
        if (faulty_ && pick(2) == 0) {
            try_open();
            return;
        }
        if (faulty_)
            lose_power();
        open();
        return;
    }
    auto const dice = pick(1000);
    if (dice < 450) {
        // The most telling moment for an end is that after a refusal.
        if (append() != append_status::durable && pick(3) == 0)
            pick(2) == 0 ? die() : lose_power();
    } else if (dice < 600)
        maintain();
    else if (dice < 750)
        follow();
    else if (dice < 850)
        read_somewhere();
    else if (dice < 920)
        release_some();
    else if (dice < 950)
        check_status();
    else if (dice < 960 && !faulty_)
        check_outside();
    else if (dice < 975)
        arm_faults();
    else if (dice < 977)
        disk_.set_capacity(disk_.bytes() + pick(40'000));
    else if (dice < 980)
        must_take_writes();
    else if (dice < 986)
        die();
    else if (dice < 992)
        lose_power();
    else if (dice < 996) {
        bool const clean = !faulty_;
        close();
        for (int i = 0; clean && i < 4; ++i)
            damage_and_restore();
    }
}

void model::end()
{
    lose_power();
    open();
    must_take_writes();
    close();
    open();
    close();
}

}  // namespace bbstream::journal::test
