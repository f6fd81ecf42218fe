# 명령줄에서 하는 말입니다. 도움말은 영어로만 있습니다.

cli-fault = 있어서는 안 될 오류가 났습니다: { $doing }. 알려 주시기 바랍니다.
cli-progress = { $doing }: { $total } 중 { $done }
cli-doing-refold = 표를 다시 만드는 중
cli-doing-verify = 검증하는 중
cli-doing-backup = 백업하는 중

cli-no_site = { $path }에 사이트가 없습니다. 다음 명령으로 만드십시오: simpul init --data { $path }
cli-no_site_on_server = { $path }에 사이트가 없습니다. 서버에 자료를 두는 사이트를 만드십시오: simpul init --data { $path } --database { $database }
cli-site_exists = { $path }에 이미 사이트가 있습니다. 다음 명령으로 여십시오: simpul serve --data { $path }
cli-data_in_folder = 이 사이트의 자료는 { $path }에 있습니다. PostgreSQL로 옮기려면 백업한 뒤 --database를 써서 빈 폴더에 복원하십시오.
cli-data_elsewhere = 이 사이트의 자료가 { $path }에 없습니다. PostgreSQL 서버에 있다면 --database로 적고, 아니라면 파일을 제자리에 두거나 빈 폴더에 백업을 복원하십시오.
cli-copied = { $path } 폴더는 사이트의 복사본입니다. 마지막으로 다른 컴퓨터에서 쓰였거나 원본이 제자리에 남아 있습니다. 한 로그를 두 곳에서 쓰지 않도록 여기서 새 로그를 시작합니다. 감사인과 협력 기관에 새 vkey를 알려 주십시오: { $vkey }

cli-done-init = { $path }에 사이트를 만들었습니다. 설정은 그 안의 simpul.toml에 있습니다.
cli-init-sign-in = 관리자 이름은 { $handle }, 비밀번호는 { $password }입니다(지금 한 번만 보여 드립니다).
cli-init-next =
    { $path }/secret/kek의 사본을 다른 곳에 보관하십시오. 이 파일이 없으면 이름을 읽을 수 없고, 백업에는 들어 있지 않습니다.
    다음 명령: simpul serve --data { $path }

cli-serving = Simpul이 { $address }에서 열렸습니다. Ctrl-C로 멈춥니다.
cli-stopping = 멈추는 중입니다. 진행 중인 일을 먼저 마칩니다.
cli-port_taken = 다른 프로그램이 { $address }을(를) 쓰고 있습니다. 그 프로그램을 멈추거나 --listen으로 다른 포트를 고르십시오.
cli-port_forbidden = 이 사용자는 { $address }을(를) 쓸 수 없습니다. --listen으로 1024 이상의 포트를 고르십시오.
cli-address_wrong = { $address }은(는) 쓸 수 없는 주소입니다. --listen 127.0.0.1:8470처럼 이 컴퓨터의 주소와 포트를 적으십시오.

cli-done-user-open = { $handle } 계정을 열었습니다. 다음 명령으로 역할을 주십시오: simpul user grant
cli-done-user-password = { $handle } 계정의 비밀번호를 바꾸고 로그인을 모두 끝냈습니다.
cli-user-new-password = 비밀번호는 { $password }입니다(지금 한 번만 보여 드립니다).
cli-done-user-grant = { $handle }에게 역할을 주었습니다: { $role }.
cli-done-user-revoke = { $handle }의 역할을 거두었습니다: { $role }.
cli-done-user-close = { $handle } 계정을 닫았습니다.
cli-user-closed = { $handle } (닫힘)
cli-no_account = { $handle } 계정이 없습니다. 먼저 “simpul user open”으로 계정을 만들거나 “simpul user list”에서 맞는 이름을 찾으십시오.

cli-done-remind = 쓴 편지 { $made }통, 보낸 편지 { $sent }통, 보낼 편지함에서 대기 { $waiting }통.
cli-done-refold = 기록 { $entries }개를 다시 반영했습니다.
cli-done-export-log = 로그 { $origin }의 기록 { $entries }개를 썼습니다.
cli-folder_not_empty = { $path }에 이미 무언가 있습니다. 새 폴더를 지정하십시오. 이전 내보내기는 새것과 견주어 보는 데 쓰입니다.
cli-done-backup = 백업 { $file }을(를) 썼습니다: 기록 { $entries }개. 이름을 여는 열쇠(secret/kek)는 들어 있지 않습니다.
cli-done-restore = 복원했습니다: 기록 { $entries }개, 본문 { $bodies }개, 봉인된 열쇠 { $keys }개. 이제 복원한 사이트를 검증합니다.
cli-secret_unreadable = 파일 { $path }을(를) 읽을 수 없습니다({ $problem }). 이름과 권한을 확인하십시오.
cli-secret_empty = 파일 { $path }이(가) 비어 있습니다. 첫 행에 암호 문구를 적으십시오.
cli-backup_exists = { $path } 파일이 이미 있습니다. 백업은 덮어쓰지 않습니다. 날짜와 시각을 넣은 새 이름을 쓰십시오.
cli-no_identity = 파일 { $path }에 age 신원이 없습니다. 다음 명령으로 만드십시오: age-keygen -o { $path }

cli-half_restored = { $path }에 복원하다가 중단되었습니다. 같은 백업으로 `simpul restore`를 다시 실행하십시오. 중간에 남은 것은 저절로 치웁니다.
cli-verify-log = 로그 { $origin }: 기록 { $size }개, 루트 { $root }
cli-verify-bodies = 일치하는 본문: { $bodies }, 없는 본문: { $absent }
cli-verify-given-up = 이름 없이 복원하여 봉인된 채로 남는 본문: { $bodies }
cli-verify-keyless = 열쇠가 keys.db에 없고 삭제된 적도 없는 봉인된 본문: { $bodies }. 이 사이트의 keys.db를 제자리에 두거나 최신 백업을 복원하십시오.
cli-verify-blobs = 일치하는 붙임 파일: { $blobs }
cli-verify-checkpoints = 일치하는 서명된 체크포인트: { $checkpoints }, 최신 체크포인트 이후의 기록: { $unsigned }
cli-verify-problem-at = 로그 { $log }, 기록 { $idx }: { $problem }
cli-verify-problem = 로그 { $log }: { $problem }
cli-verify-problem-blob = 로그 { $log }, 기록 { $idx }: { $problem } (SHA-256 { $blob })
cli-verify-uncompared = 여기서 비교하지 않았으며 `simpul refold`로 확인되는 표: { $tables }
cli-verify-sound = 모두 온전합니다.
cli-verify-unsound = 문제가 { $problems }건 있습니다. 서버를 멈추고 폴더의 사본을 그대로 보관한 다음, 검증을 통과하는 최신 백업을 복원하십시오.

cli-doing-import = 가져오는 중
cli-doing-demo = 한 해의 가상 자료를 달마다 만드는 중
cli-doing-bench-import = 계량을 기록하는 중

cli-file_unreadable = 파일 { $path }을(를) 읽을 수 없습니다({ $problem }). 이름과 권한을 확인하십시오.
cli-which_village = 어느 마을입니까? --village 34.02.05.2003처럼 적거나 simpul.toml에 home을 정하십시오.
cli-no_bank = 이 사이트에 그런 쓰레기은행이 없습니다. 마을 페이지에서 연 뒤 다시 가져오십시오.
cli-which_bank = 어느 쓰레기은행입니까? --bank로 적으십시오: { $banks }
cli-import-problem = { $line }행 { $column } 열: { $problem }
cli-import-more-problems = … 그 밖에 { $count }개 행이 더 있습니다.
cli-import-nothing = { $problems }개 행이 잘못되어 아무것도 기록하지 않았습니다. 고치거나 --only-good으로 나머지 행을 기록하십시오.
cli-import-stopped = 그사이 장부가 바뀌어 가져오기를 멈췄습니다. 계량: 기록 { $booked }, 아직 기록하지 않은 것 { $left }. 잘못된 행: { $problems }. 고쳐서 같은 파일을 다시 가져오거나 --only-good으로 나머지 행을 기록하십시오.
cli-import-again = 같은 목록을 이미 가져왔으므로 바뀐 것이 없습니다(주 { $provinces }, 군·시 { $regencies }, 면 { $districts }, 마을 { $villages }).
cli-done-import-regions = 가져왔습니다: 주 { $provinces }, 군·시 { $regencies }, 면 { $districts }, 마을 { $villages }.
cli-done-import-households = 가구: 새로 { $new }, 이미 있는 것 { $known }. 이름 붙인 자연마을: { $hamlets }. 보관하지 않는 다른 구성원의 행: { $members }. 제외한 잘못된 행: { $wrong }.
cli-done-import-weigh-ins = 행: { $rows }. 계량: 기록 { $booked }, 이미 있는 것 { $known }. 제외한 잘못된 행: { $wrong }.

cli-not_a_demo = { $path }의 사이트는 실제 자료입니다. simpul serve로 열거나 시연에는 다른 폴더를 고르십시오.
cli-demo-cast = 지어낸 자료입니다. 모두 비밀번호 { $password }(으)로 로그인합니다:
cli-demo-one = {"   "} { $handle } { $role }

cli-bench-line = { $mark } { $name }: { $value } (목표: { $wanted })
cli-bench-weigh-ins-per-append = 한 건씩 확실히 저장한 계량, 이 디스크의 순수 쓰기 대비
cli-bench-syncs-per-weigh-in = 계량 한 건당 동기화
cli-bench-writers-32-per-one = 32명 동시 기록, 1명 대비
cli-bench-import-micros-per-entry = 가져오기, 계량당 프로세서 마이크로초
cli-bench-verify-entries-per-second = 검증, 코어당 초당 기록
cli-bench-refold-entries-per-second = 다시 반영, 코어당 초당 기록
cli-bench-phones-p99-ms = 회의장 휴대전화 300대, 99번째 백분위 밀리초
cli-bench-counter-ms = 창구 페이지, 중앙값 밀리초
cli-bench-passbook-ms = 통장, 중앙값 밀리초
cli-bench-idle-memory-mib = 쉬는 서버의 메모리, MiB
cli-bench-start-ms = 시작, 밀리초
cli-bench-program-mib = 프로그램 크기, MiB

# 설정 파일.

cli-config_unreadable = 설정 파일 { $path }을(를) 읽을 수 없습니다({ $problem }). 이름과 권한을 확인하십시오.
cli-config_syntax = { $file } { $line }행: TOML이 아닙니다({ $problem }). `simpul config`가 견주어 볼 파일을 출력합니다.
cli-config_unknown_key = { $file } { $line }행: { $key }(이)라는 설정은 없습니다. `simpul config`가 모든 설정을 출력합니다.
cli-config_unknown_near = { $file } { $line }행: { $key }(이)라는 설정은 없습니다. { $near }을(를) 뜻하신 것입니까?
cli-config_value = { $place }: { $key }에는 "{ $value }"을(를) 쓸 수 없습니다. { $example }처럼 적으십시오.
cli-config-head =
    Simpul 사이트의 설정입니다. #으로 시작하는 행은 주석이며, 값을 바꾸려면 #을 지우십시오.
    환경 변수가 이 파일보다 앞서고(listen은 SIMPUL_LISTEN), 명령줄의 선택이 둘 다보다 앞섭니다.
cli-config-listen = 사이트를 여는 주소와 포트.
cli-config-database = 내장 데이터베이스 대신 쓸 PostgreSQL 데이터베이스.
cli-config-key_file = 이름을 여는 열쇠. 기본은 사이트 폴더의 secret/kek이며, 다른 디스크에 두는 편이 좋습니다.
cli-config-title = 모든 페이지에 나오는 사이트의 이름.
cli-config-home = 이 사이트가 맡은 마을의 코드.
cli-config-timezone = 사이트가 일하는 곳: Asia/Jakarta, Asia/Makassar, Asia/Jayapura, Asia/Seoul 또는 +07:00 같은 시차.
cli-config-public_url = 앞에 프록시가 있을 때 사람들이 찾아오는 사이트의 주소.
cli-config-behind_tls_proxy = TLS를 쓰는 프록시가 앞에 있으면 true. 그러면 쿠키는 TLS로만 오갑니다.
cli-config-smtp = 알림을 받아 전달하는 메일 서버의 이름과 포트. 예: 이 컴퓨터의 중계 서버. 없으면 아무것도 보내지 않습니다.
cli-config-mail_from = 알림을 보내는 주소.
cli-config-upload_max_mb = 보낼 수 있는 가장 큰 파일의 크기(메가바이트).
cli-config-attachment_max_mb = 문서에 붙일 수 있는 가장 큰 파일의 크기(메가바이트).
cli-config-synthetic = 지어낸 자료이면 true. 모든 페이지에 표시됩니다. `simpul demo`가 설정합니다.

# 데이터베이스가 실패했을 때 하는 말과 할 일.

db-disk_full = 디스크가 가득 찼습니다. 이미 답을 받은 것은 안전하지만 이번 것은 기록되지 않았습니다. 공간을 비운 뒤 다시 시도하십시오.
db-read_only = 이 폴더나 파일에 쓸 수 없습니다. Simpul을 실행하는 사용자에게 쓰기 권한을 준 뒤 다시 시작하십시오.
db-damaged = 데이터베이스 파일이 손상되었습니다. 서버를 멈추고 폴더의 사본을 그대로 보관한 다음 `simpul restore`로 최신 백업을 복원하십시오.
journal-body_missing_stop = 삭제 지시가 없는데 로그에서 본문이 사라졌습니다. 폴더의 사본을 그대로 보관하고 `simpul restore`로 최신 백업을 복원하십시오.
journal-database_empty = 데이터베이스가 비었거나 { $path }에 기록된 것보다 오래되었습니다. 아무것도 바꾸지 않았습니다. 올바른 데이터베이스를 되돌려 놓거나 --database로 지정하거나 `simpul restore`로 최신 백업을 새 폴더에 복원하십시오.
db-cannot_open = 데이터베이스 파일을 열 수 없습니다. 폴더가 있는지, Simpul을 실행하는 사용자가 읽고 쓸 수 있는지 확인하십시오.
db-busy = 다른 프로그램이 데이터베이스를 너무 오래 쓰고 있습니다. 파일을 복사하거나 연 프로그램을 닫은 뒤 다시 시도하십시오.
db-disk_failed = 디스크를 읽거나 쓰지 못했습니다. 폴더를 다른 디스크에 복사하고 이 디스크를 점검한 뒤 `simpul verify`로 검증하십시오.
db-unreachable = 데이터베이스 서버에 닿을 수 없습니다. 주소와 서버가 실행 중인지를 확인한 뒤 다시 시도하십시오.

# 기록장이 더 나아갈 수 없을 때 하는 말과 할 일.

journal-key_file_missing = 열쇠 파일 { $path }이(가) 없습니다. 이 파일이 없으면 이름을 읽을 수 없습니다. 보관한 사본을 제자리에 두십시오.
journal-keys_missing = { $path }이(가) 없거나 사이트보다 오래되었습니다. 삭제된 적이 없는 사람들의 열쇠가 그 안에 없습니다. 바뀐 것은 없습니다. 파일을 제자리에 두거나, `simpul restore`로 최신 백업을 새 폴더에 복원하십시오.
journal-backup_keys_missing = 이 백업에는 삭제된 적이 없는 사람들의 열쇠가 없습니다. 다른 백업을 쓰거나, --without-names로 이름을 뺀 나머지를 모두 복원하십시오.
journal-key_file_wrong = 열쇠 파일 { $path }은(는) 이 사이트의 것이 아닙니다. 이 사이트를 위해 보관한 사본을 두십시오.
journal-key_file_unusable = 열쇠 파일 { $path }을(를) 읽거나 쓸 수 없습니다. 디스크가 연결되어 있는지와 권한을 확인하십시오.
journal-backup_key_wrong = 열쇠 파일 { $path }(으)로는 이 백업의 이름을 열 수 없습니다. 개인정보를 파기하기 전에 만든 백업이라면 그 열쇠는 이미 파기되었습니다. --without-names를 써서 이름을 뺀 나머지를 복원하십시오. 그렇지 않다면 함께 보관한 열쇠 사본을 --key-file로 적으십시오.
journal-backup_key_missing = 이 백업의 이름을 여는 열쇠가 { $path }에 없습니다. 보관한 사본을 --key-file로 적으십시오. 개인정보 파기로 열쇠가 없어졌다면 --without-names를 써서 이름을 뺀 나머지를 복원하십시오.
journal-log_ended = 다른 프로그램이 이 로그를 끝내고 새 로그를 쓰기 시작했습니다. 잃어버린 기록은 없습니다. `simpul serve`를 다시 시작하십시오. 서버가 컨테이너에서 돌고 있다면 명령도 그 안에서 실행하십시오.
journal-folder_taken = { $path }에 이미 사이트가 있습니다. 빈 폴더에 복원하십시오.
journal-cannot_write = 파일 { $path }을(를) 쓸 수 없습니다. 폴더가 있는지, 이 사용자가 쓸 수 있는지 확인하십시오.
journal-recipient_wrong = age 수신자가 아닙니다. age-keygen이 출력한 age1로 시작하는 줄을 복사하십시오.
journal-identity_wrong = age 신원이 아닙니다. AGE-SECRET-KEY-1로 시작하는 줄 전체를 쓰십시오.
journal-backup_missing = 백업 { $path }을(를) 열 수 없습니다. 이름과 권한을 확인하십시오.
journal-backup_damaged = 백업 { $path }이(가) 손상되었거나 백업이 아닙니다. 더 오래된 것을 쓰십시오. 사이트는 바뀌지 않았습니다.
journal-backup_locked = 백업 { $path }은(는) 이 열쇠로 열리지 않습니다. 만들 때 쓴 신원이나 암호 문구를 쓰십시오.
journal-no_checkpoint = 아직 서명된 체크포인트가 없습니다. 사이트를 잠시 연 뒤 다시 시도하십시오.


# 검증에서 찾을 수 있는 것.

journal-gap = 이 앞의 기록이 없습니다
journal-header_unreadable = 머리를 읽을 수 없습니다
journal-id_changed = 번호가 머리에 적힌 것과 다릅니다
journal-body_changed = 본문이 기록된 것과 다릅니다
journal-body_missing = 본문이 없는데 삭제 지시가 없습니다
journal-blob_missing = 붙임 파일이 없습니다. 파일을 제자리에 두거나 백업에서 복원하십시오
journal-blob_altered = 붙임 파일이 처음 붙인 것과 다릅니다. 백업에서 복원하십시오
journal-pages_damaged = 데이터베이스의 일부 페이지가 손상되었습니다. 서버를 멈추고 폴더의 사본을 그대로 보관한 다음, 검증을 통과하는 최신 백업을 복원하십시오.
journal-balance_differs = 기록은 온전하지만 어떤 잔액이 거래의 합과 다릅니다. 기록에서 표를 다시 만드는 `simpul refold`를 실행하십시오.
journal-erased_differs = 기록은 온전하지만 삭제된 사람의 목록이 기록과 다릅니다. `simpul refold`를 실행하면 기록에서 표를 다시 만듭니다.
journal-nothing_signed = 기록이 있는데 서명된 체크포인트가 하나도 없습니다. 누군가 지운 것이니 확인되는 최신 백업을 복원하십시오.
journal-tile_wrong = 저장된 트리의 일부가 기록과 맞지 않습니다
journal-root_differs = 여기까지의 기록이 서명된 것과 다릅니다
journal-size_differs = 로그의 기록 수가 맞지 않습니다
journal-entries_missing = 서명된 끝부분의 기록이 없습니다
journal-vkey_unreadable = 공개 키를 읽을 수 없습니다
journal-signature_wrong = 체크포인트의 서명이 틀립니다
