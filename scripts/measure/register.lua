-- wrk: every request registers one incoming document of its own.
-- arguments: COOKIE FIRST (number that makes symbols differ between runs)
local words = { "tăng cường", "phòng cháy", "chữa cháy rừng", "báo cáo",
	"kết quả", "dự toán", "ngân sách", "đất đai", "nông thôn mới",
	"môi trường", "hồ chứa", "thủy lợi", "chăn nuôi", "thú y", "kiểm dịch",
	"cải cách hành chính", "chuyển đổi số", "khuyến nông", "quý IV",
	"an toàn", "giống cây trồng", "lâm nghiệp", "thủy sản", "điều chỉnh" }
local issuers = { "Ủy ban nhân dân tỉnh Lam Giang", "Sở Tài chính",
	"Sở Xây dựng", "Sở Nội vụ", "Sở Y tế", "UBND huyện An Lạc" }
local threads = 0
local wrong = {}

function setup(thread)
	thread:set("id", threads)
	threads = threads + 1
	table.insert(wrong, thread)
end

function init(arguments)
	cookie = arguments[1]
	first = tonumber(arguments[2])
	count = 0
	bad = 0
	sample = ""
	math.randomseed(first * 10 + id)
end

local function subject()
	local parts = { "V/v" }
	for _ = 1, 6 do
		parts[#parts + 1] = words[math.random(#words)]
	end
	return table.concat(parts, " ")
end

function request()
	count = count + 1
	local number = first + count
	local body = string.format('{"direction":"in","issuer":"%s",' ..
		'"symbol":"%d/B%d-NN","document_day":"2026-11-%02d",' ..
		'"subject":"%s %d","signer_name":"Trần Văn Đức"}',
		issuers[math.random(#issuers)], number, id,
		math.random(1, 20), subject(), number)
	return wrk.format("POST", "/api/v1/entries", {
		["Content-Type"] = "application/json",
		["Cookie"] = cookie, ["X-Requested-With"] = "svb",
		["Origin"] = wrk.scheme .. "://" .. wrk.host .. ":" .. wrk.port,
		["Host"] = wrk.host .. ":" .. wrk.port,
		["Idempotency-Key"] = string.format("%d-%d", id, number),
	}, body)
end

function response(status, headers, body)
	if status ~= 200 and status ~= 201 then
		bad = bad + 1
		sample = status .. " " .. body
	end
end

function done(summary, latency, requests)
	local count = 0
	for _, thread in ipairs(wrong) do
		count = count + thread:get("bad")
		if thread:get("bad") > 0 then
			io.write("SAMPLE ", thread:get("sample"), "\n")
		end
	end
	io.write(string.format("RESULT %d %d %.3f %.3f %.3f %.3f\n",
		summary.requests, count + summary.errors.connect +
		summary.errors.read + summary.errors.write +
		summary.errors.timeout, summary.duration / 1e6,
		latency:percentile(50) / 1e3, latency:percentile(95) / 1e3,
		latency:percentile(99) / 1e3))
end
