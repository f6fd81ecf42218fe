# 모든 페이지의 틀
web-skip = 본문으로 바로 가기
web-menu = 주 메뉴
web-language = 언어
web-synthetic = 가상의 시연 자료입니다. 실제 사람이나 돈이 아닙니다
web-crumbs = 현재 위치
web-to-start = 첫 페이지로
web-about = 소개
web-openapi = 프로그램용 (OpenAPI)
web-undone = 취소됨
web-backup-due = { $erased }에 한 사람의 정보를 삭제했고, 그 뒤로 백업이 없습니다. 그 전의 백업은 이미 파기된 열쇠로만 열립니다. 새 백업이 있기 전에 디스크가 고장 나면 어떤 이름도 되찾을 수 없습니다. 지금 사이트가 있는 컴퓨터에서 “simpul backup”으로 백업하고, 새 열쇠 파일(secret/kek)을 따로 보관하는 곳에 복사하십시오.
web-backup-last = 마지막 백업은 { $at } 것입니다. 그것을 복원하면 이 삭제를 다시 해야 합니다.
web-backup-none = 이 컴퓨터에서 만든 백업이 확인되지 않습니다. 예전 백업을 복원하면 이 삭제를 다시 해야 합니다.

# 목록
web-list-search = 이 목록에서 찾기
web-list-find = 찾기
web-list-table = 표. 좁은 화면에서는 옆으로 넘길 수 있습니다
web-list-empty = 표시할 내용이 없습니다.
web-list-sum = 합계
web-list-pages = 목록의 쪽
web-list-range = 전체 { $total }건 중 { $from }–{ $to }

# 도표
web-chart-table = 숫자를 표로 보기
web-chart-what = 항목

# 거절
web-refusal-title = 처리하지 못했습니다
web-fault-title = 문제가 생겼습니다
web-fault = 프로그램이나 컴퓨터에 문제가 생겼습니다. 확인되지 않은 내용은 기록되지 않았습니다. 다시 시도해 주십시오. 같은 일이 반복되면 아래 번호를 관리자에게 알려 주십시오.
web-fault-number = 관리자에게 알릴 번호: { $number }
web-not_found = 이 주소에는 페이지가 없습니다. 주소를 확인하거나 첫 페이지에서 시작하십시오.
web-wrong_method = 이 주소에서는 그런 요청을 받지 않습니다. 페이지로 돌아가 양식을 사용하십시오.
web-sign_in_first = 먼저 로그인하십시오.
web-not_yours = 가지신 역할로는 여기에서 할 수 없습니다. 관리자에게 역할을 요청하십시오.
web-cross_site = 다른 사이트에서 보낸 양식이므로 처리하지 않았습니다. 이 사이트에서 페이지를 열어 다시 보내 주십시오.
web-unreadable_form = 양식의 “{ $field }” 칸을 읽을 수 없습니다. 돌아가서 페이지를 새로 고친 뒤 다시 작성하십시오.
web-unprintable_text = “{ $field }” 칸에 보이지 않고 저장할 수 없는 문자가 들어 있습니다. 내용을 지우고 직접 입력하여 다시 보내 주십시오.
web-wrong_content = 양식도 JSON도 아닙니다. 페이지의 양식을 보내거나 application/json 형식의 JSON을 보내십시오.
web-cut_off = 모두 도착하기 전에 연결이 끊어졌습니다. 아무것도 기록되지 않았습니다. 다시 보내 주십시오.
web-form_too_large = 양식이 너무 큽니다. 나누어 보내거나, 줄이 많으면 가져오기를 사용하십시오.
web-file_too_large = 파일이 이 사이트의 한도인 { $limit }보다 큽니다. 파일을 나누거나 관리자에게 명령줄 가져오기를 부탁하십시오.
web-no_file = 파일을 고르지 않았거나 파일이 비어 있습니다. 파일을 골라 다시 보내 주십시오.
web-notice-entry = 그 기록 보기
web-id_ahead = 이 양식의 시각이 하루 넘게 앞서 있습니다. 양식을 만든 기기의 시계가 틀렸거나 이 사이트의 시계가 틀렸던 것입니다. 기록된 것은 없습니다. 시계를 맞춘 뒤 양식을 다시 보내 주십시오.
web-attachment_too_large = 파일이 보관 한도인 { $limit }보다 큽니다. 흑백이나 200dpi로 다시 스캔하거나 나누어 하나씩 보내 주십시오.
web-file_not_taken = { $file } 파일은 받지 않습니다. PDF, PNG, JPEG, WebP, TIFF, DOCX, XLSX, ODT나 일반 텍스트를 보내 주십시오. 웹 문서(HTML, SVG)는 먼저 PDF로 저장하면 됩니다.
web-file_not_its_name = { $file } 파일의 내용이 이름과 다릅니다. 실제 내용은 { $kind }입니다. 이름을 고치거나 맞는 파일을 고르십시오.
web-file_has_macros = { $file } 파일에 매크로가 들어 있습니다. 매크로 없이(DOCX, XLSX 또는 PDF로) 저장해서 보내 주십시오.
web-file_missing = 지금 이 사이트에는 파일이 없습니다. 해시가 로그에 있으므로 파일을 가진 사람은 같은 파일임을 증명할 수 있고, 관리자는 백업에서 되살릴 수 있습니다.
web-too_slow = 응답이 너무 오래 걸렸습니다. 잠시 뒤 다시 시도하십시오.
web-too_busy = 한꺼번에 너무 많은 요청이 왔습니다. 몇 초 뒤 다시 시도하십시오.
web-no_list = 이 페이지는 목록이 아니어서 그런 파일이 없습니다. 페이지나 JSON을 요청하십시오.
web-number_missing = 숫자를 입력하십시오.
web-number_two_signs = “{ $text }”에는 소수점 기호가 두 개 있습니다. 1234,5 또는 1234.5처럼 하나만 쓰십시오.
web-number_too_fine = “{ $text }”은(는) 소수 자릿수가 너무 많습니다. 마지막 자리를 빼 주십시오.
web-number_not_digits = “{ $text }”은(는) 숫자가 아닙니다. 숫자와 쉼표 또는 점 하나만 쓰십시오.
web-day_wrong = “{ $text }”은(는) 날짜가 아닙니다. 2026-03-31 또는 31/3/2026처럼 적으십시오.
web-date_wrong = “{ $text }”은(는) 날짜가 아닙니다. 날은 2015-09-01 또는 1/9/2015, 달은 2015-09 또는 9/2015, 해는 2015처럼 적으십시오.
web-number_too_long = “{ $text }”은(는) 자릿수가 너무 많습니다. 숫자를 확인하십시오.

# 기록장의 거절
journal-other_content = 같은 번호({ $id })의 요청이 다른 내용으로 이미 기록되었습니다. 바뀐 것은 없습니다. 새 양식을 열어 입력하십시오.
journal-no_entry = { $id } 기록이 없습니다. 다른 사이트에 있을 수 있습니다.
journal-reversed_before = 이 기록은 { $day }에 이미 취소되었습니다. 더 하실 일은 없습니다.
journal-is_reversal = 취소 기록은 다시 취소할 수 없습니다. 기록을 새로 입력하십시오.
journal-no_reason = 취소하는 까닭을 짧게 적어 주십시오.
journal-overdrawn = { $account }의 잔액이 모자랍니다. 부족한 양: { $missing }. 더 적게 입력하거나 부족한 것을 먼저 기록하십시오.
journal-too_many_attached = 한 기록에는 붙임을 { $most }개까지 둘 수 있습니다. 나머지는 새 기록에 붙이십시오.

# 소개
web-deed-read_about = 프로그램 소개 읽기
web-about-lead = Simpul은 두 지역의 협력을 양해각서부터 가정까지 하나로 잇습니다.
web-about-version = 프로그램
web-about-licence = 라이선스
web-about-source = 소스 코드
web-about-site = 이 사이트
web-about-data = 입력한 내용은 어떻게 됩니까
web-about-data-text = 모든 기록은 입력한 그대로 남습니다. 잘못은 다른 기록으로 바로잡으며, 둘 다 계속 보입니다. 이름은 각각의 열쇠로 봉인되어 지울 수 있고, 합계는 남습니다.
web-about-vkey = 감사인을 위한 공개 키
web-about-vkey-text = 이 한 줄(vkey)로 로그 내보내기나 영수증 증명에 이 사이트가 서명했는지 누구나 확인할 수 있습니다. 줄 전체를 복사하고, 종이나 전화 등 다른 경로로 받은 것과 견주어 보십시오.
web-about-log-open = 지금 쓰고 있는 로그:
web-about-log-ended = 복원이나 복사로 끝난 예전 로그:
web-about-programs = 프로그램용
web-about-programs-text = 모든 페이지는 “Accept: application/json” 헤더나 “?as=json”으로 JSON도 제공합니다. 목록은 CSV와 XLSX로도 받을 수 있습니다.
web-openapi-summary = 양해각서부터 가정까지, 두 지역 협력의 한 기록입니다.
web-openapi-refusal = 거절되었거나 실패했습니다. 메시지가 요청한 언어로 까닭을 알려 줍니다.
web-openapi-booked = 기록되어 디스크에 저장되었습니다.
web-openapi-go-on = 브라우저는 이 페이지로 이동합니다.
web-openapi-page = 페이지 또는 그 자료의 JSON입니다.
